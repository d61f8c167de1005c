import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  accountProblem,
  actionProblem,
  contextKeyProblem,
  isPolicyType,
  type LanguageService,
  type PolicyType,
  policyTypes,
  principalProblem,
  type RequestContext,
  readContext,
  resourceProblem,
} from '../core/index';
import type { NameValue } from '../gateway/request';
import { answerAllows, type PolicyFile } from './allows';
import { readSource, STANDARD_INPUT } from './files';
import type { CliIo } from './io';
import { splitLines } from './lines';
import { type Finish, formatOption, usageError } from './options';

interface AllowsOptions {
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
  readonly resourceAccount?: string;
  readonly context: readonly NameValue[];
  readonly contextFile?: string;
  readonly assumeAbsent: readonly string[];
  readonly policyType?: PolicyType;
  readonly also: readonly PolicyFile[];
  readonly format: 'text' | 'json';
}

/** Adds `allows`, which answers whether policies would allow a request. */
export function addAllows(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = program
    .command('allows')
    .description('Tell whether the policies in JSON files, together, would allow a request.')
    .argument('<files...>', 'files that hold policies; "-" is standard input')
    .addOption(
      new Option('--action <action>', 'what is asked for, as in execute-api:Invoke')
        .argParser(checked(actionProblem))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--resource <arn>', 'on what; wildcards for what is not known')
        .argParser(checked(resourceProblem))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--principal <arn>',
        "by whom: the ARN of a role, a user or a session, an account, a service, an identity provider, or anonymous; without it somebody of the resource's account",
      ).argParser(checked(principalProblem)),
    )
    .addOption(
      new Option(
        '--resource-account <id>',
        'the account that owns the resource, where its ARN does not tell',
      ).argParser(checked(accountProblem)),
    )
    .addOption(
      new Option(
        '--context <key=value>',
        'a condition key of the request and its value; may be repeated, also for several values of one key',
      )
        .argParser(collectContext)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--context-file <file>',
        'condition keys and their values as a JSON object; --context and --assume-absent win',
      ),
    )
    .addOption(
      new Option('--assume-absent <key>', 'a condition key that is not in the request; may be repeated')
        .argParser(collectAbsent)
        .default([], 'none'),
    )
    .addOption(
      new Option('--policy-type <type>', 'what the policies are, instead of what their content says').choices(
        policyTypes,
      ),
    )
    .addOption(
      new Option(
        '--also <type=file>',
        'a further file and what its policies are; scp:LEVEL=FILE says at which level of the organization; may be repeated',
      )
        .argParser(collectPolicyFile)
        .default([], 'none'),
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy allows --action execute-api:Invoke \\
    --resource arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets policy.json
  iam-policy allows --action s3:GetObject --resource 'arn:aws:s3:::bucket/*' \\
    --context aws:SourceVpce=vpce-0a1b2c3d --context aws:TagKeys=team --context aws:TagKeys=cost \\
    --assume-absent aws:SourceIp policy.json
  iam-policy allows --action s3:GetObject --resource 'arn:aws:s3:::bucket/*' --resource-account 123456789012 \\
    --principal arn:aws:iam::123456789012:role/reader --also boundary=limit.json \\
    --also scp:root=root.json --also scp:team=team.json role.json

Prints allow, deny (an explicit one), implicit-deny (an Allow is missing) or depends, and the statements that decide.
Conditions are evaluated by what is told of the request. A key that is not told is not known: where it decides, the
answer is depends, and says which keys settle it. The principal and the resource tell some keys themselves, such as
aws:PrincipalArn and aws:ResourceAccount; --context wins over them. A file for --context-file is at most 64 KiB:
  { "aws:SourceIp": "203.0.113.7", "aws:TagKeys": ["team", "cost"], "aws:SourceVpce": null }
where null says that the key is absent.
SCPs, boundaries and session policies grant nothing; they must allow as well. SCPs of one level add up, and each level
must allow. Without levels all SCPs count as those of one level, and every other level as allowing everything.
A resource without an account in its ARN counts as the principal's own, unless --resource-account names another.
An action or a condition key that the service reference does not know, or an action that does not apply to such a
resource, is told on standard error.
The caller is one whom IAM authorizes by a signed request, or anonymous: who sends no signature, whom only a resource
policy for everybody lets in. Whom an API lets in by a Cognito user pool or by a Lambda authorizer cannot be asked.
Exit codes: 0 allow, 1 anything else, 2 usage or a file that cannot be read, or holds no policy or one that AWS would
refuse. server/docs/allows.md tells of the JSON.`,
    );
  command.action(async (names: readonly string[], options: AllowsOptions) => {
    const { action, resource, principal, resourceAccount, policyType, also, format } = options;
    const files = [...[...new Set(names)].map((name) => ({ name, policyType, level: undefined })), ...also];
    const problem = ownerProblem(resource, resourceAccount) ?? levelProblem(files);
    if (problem !== undefined) {
      usageError(command, problem);
    }
    if (options.contextFile === STANDARD_INPUT && files.some(({ name }) => name === STANDARD_INPUT)) {
      usageError(command, 'standard input cannot be both a policy and the context');
    }
    const context = await contextOf(io, options);
    if ('problem' in context) {
      usageError(command, context.problem);
    }
    finish(
      await answerAllows(io, openService(), {
        files,
        format,
        question: { action, resource, principal, resourceAccount, context },
      }),
    );
  });
}

/** Takes a text as it is, unless something is wrong with it. */
function checked(problemOf: (text: string) => string | undefined): (text: string) => string {
  return (text) => {
    const problem = problemOf(text);
    if (problem !== undefined) {
      throw new InvalidArgumentError(problem);
    }
    return text;
  };
}

function collectContext(value: string, previous: readonly NameValue[]): readonly NameValue[] {
  const at = value.indexOf('=');
  if (at <= 0) {
    throw new InvalidArgumentError('Write it as KEY=VALUE, as in aws:SourceIp=203.0.113.7.');
  }
  return [...previous, [checked(contextKeyProblem)(value.slice(0, at)), value.slice(at + 1)]];
}

function collectAbsent(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, checked(contextKeyProblem)(value)];
}

function collectPolicyFile(value: string, previous: readonly PolicyFile[]): readonly PolicyFile[] {
  const at = value.indexOf('=');
  const [policyType = '', ...levels] = value.slice(0, Math.max(at, 0)).split(':');
  const level = levels.length === 0 ? undefined : levels.join(':');
  if (!isPolicyType(policyType) || at === value.length - 1 || level === '') {
    throw new InvalidArgumentError(
      `Write it as TYPE=FILE, with one of ${policyTypes.join(', ')}, or as scp:LEVEL=FILE.`,
    );
  }
  if (level !== undefined && policyType !== 'scp') {
    throw new InvalidArgumentError('Only a service control policy has a level, as in scp:root=FILE.');
  }
  return [...previous, { name: value.slice(at + 1), policyType, level }];
}

/** An account that contradicts the ARN would make an answer about no request at all. */
function ownerProblem(resource: string, resourceAccount: string | undefined): string | undefined {
  const named = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
  return resourceAccount === undefined || named === undefined || named === resourceAccount
    ? undefined
    : `--resource-account is ${resourceAccount}, and the ARN of --resource names ${named}`;
}

/** Of an SCP without a level among others that have one nobody can tell which of them it adds to. */
function levelProblem(files: readonly PolicyFile[]): string | undefined {
  const policies = files.filter(({ policyType }) => policyType === 'scp');
  const open = policies.find(({ level }) => level === undefined);
  return open === undefined || policies.every(({ level }) => level === undefined)
    ? undefined
    : `${open.name} has no level, and other service control policies have one: write it as scp:LEVEL=FILE`;
}

/** The context of all options together. Names of keys are read in any case. */
async function contextOf(
  io: CliIo,
  { context, contextFile, assumeAbsent }: AllowsOptions,
): Promise<RequestContext | { readonly problem: string }> {
  const absent = new Map(assumeAbsent.map((key) => [key.toLowerCase(), key]));
  const told = new Map<string, { readonly key: string; readonly values: string[] }>();
  for (const [key, value] of context) {
    const folded = key.toLowerCase();
    if (absent.has(folded)) {
      return { problem: `--context gives ${key} a value, and --assume-absent says that it is not there` };
    }
    const entry = told.get(folded) ?? { key, values: [] };
    entry.values.push(value);
    told.set(folded, entry);
  }
  const ofFile = contextFile === undefined ? NO_CONTEXT : await readContextFile(io, contextFile);
  if ('problem' in ofFile) {
    return ofFile;
  }
  return new Map([
    ...[...ofFile].filter(([key]) => !told.has(key.toLowerCase()) && !absent.has(key.toLowerCase())),
    ...[...told.values()].map(({ key, values }) => [key, values] as const),
    ...[...absent.values()].map((key) => [key, []] as const),
  ]);
}

const NO_CONTEXT: RequestContext = new Map();

async function readContextFile(
  io: CliIo,
  name: string,
): Promise<RequestContext | { readonly problem: string }> {
  // Nothing but a regular file: a context is small, and a pipe need not end.
  const outcome = await readSource(io, name, 'found');
  if ('problem' in outcome) {
    return { problem: `cannot read ${name}: ${outcome.problem}` };
  }
  const { text } = outcome.file;
  const read = readContext(text);
  if ('context' in read) {
    return read.context;
  }
  const { line, column } = splitLines(text).positionAt(read.offset);
  return { problem: `${name}:${line}:${column}: ${read.problem}` };
}
