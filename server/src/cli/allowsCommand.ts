import { type Command, Option } from 'commander';
import {
  type Authorization,
  accountProblem,
  actionProblem,
  apiKinds,
  authorizationProblem,
  authorizations,
  type Expectation,
  expectations,
  type LanguageService,
  ownerProblem,
  type PolicyType,
  principalProblem,
  resourceProblem,
} from '../core/index';
import { answerAllows } from './allows';
import {
  type ContextOptions,
  checked,
  collectAbsent,
  collectContext,
  collectPolicyFile,
  contextOf,
  levelProblem,
} from './allowsOptions';
import { STANDARD_INPUT } from './files';
import type { CliIo } from './io';
import { type Finish, formatOption, typeOption, usageError } from './options';
import type { PolicyFile } from './policyDocuments';
import { answerQuestions } from './questions';

interface AllowsOptions extends ContextOptions {
  readonly action?: string;
  readonly resource?: string;
  readonly principal?: string;
  readonly resourceAccount?: string;
  readonly policyType?: PolicyType;
  readonly also: readonly PolicyFile[];
  readonly auth?: Authorization;
  readonly api?: 'public' | 'private';
  readonly expect?: Expectation;
  readonly questions: readonly string[];
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
    .description('Tell whether the policies in the files, together, would allow a request.')
    .argument('[files...]', 'files with policies; "-" is standard input')
    .addOption(
      new Option('--action <action>', 'action, such as execute-api:Invoke').argParser(checked(actionProblem)),
    )
    .addOption(
      new Option('--resource <arn>', 'resource; wildcards for parts that are not known').argParser(
        checked(resourceProblem),
      ),
    )
    .addOption(
      new Option(
        '--principal <arn>',
        'caller: the ARN of a role, user, session or identity provider, an account, a service, or anonymous; the default is somebody in the account of the resource',
      ).argParser(checked(principalProblem)),
    )
    .addOption(
      new Option('--resource-account <id>', 'account that owns the resource, if its ARN has none').argParser(
        checked(accountProblem),
      ),
    )
    .addOption(
      new Option(
        '--auth <type>',
        'authorization type of an API Gateway method; with lambda an identity policy is what the authorizer returns',
      ).choices(authorizations),
    )
    .addOption(
      new Option('--api <kind>', 'whether the API is public, or private to VPC endpoints').choices(apiKinds),
    )
    .addOption(
      new Option(
        '--context <key=value>',
        'condition key of the request and its value; may be repeated, also for several values of one key',
      )
        .argParser(collectContext)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--context-file <file>',
        'condition keys and their values as a JSON object; --context and --assume-absent take precedence',
      ),
    )
    .addOption(
      new Option('--assume-absent <key>', 'condition key that is not in the request; may be repeated')
        .argParser(collectAbsent)
        .default([], 'none'),
    )
    .addOption(typeOption())
    .addOption(
      new Option(
        '--also <type=file>',
        'another file and the type of its policies; scp:LEVEL=FILE for a level of the organization; may be repeated',
      )
        .argParser(collectPolicyFile)
        .default([], 'none'),
    )
    .addOption(
      new Option('--expect <answer>', 'answer for exit code 0; deny includes implicit-deny').choices(
        expectations,
      ),
    )
    .addOption(
      new Option(
        '--questions <file>',
        'file of questions with expected answers, which names its policies, instead of all other options; may be repeated',
      )
        .argParser((name: string, names: readonly string[]) => [...names, name])
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
  iam-policy allows --expect deny --action iam:CreateUser --resource '*' role.json
  iam-policy allows --questions role.iam-questions.yaml

Prints allow, deny (explicit), implicit-deny (an Allow is missing) or depends, and the statements
that decide.
Conditions are evaluated with the given condition keys. A key that is not given is unknown: if it
decides, the answer is depends, and names the keys to give. Some keys follow from the principal and
the resource, such as aws:PrincipalArn and aws:ResourceAccount; --context takes precedence. A file
for --context-file has at most 64 KiB:
  { "aws:SourceIp": "203.0.113.7", "aws:TagKeys": ["team", "cost"], "aws:SourceVpce": null }
where null means that the key is absent.
SCPs, permissions boundaries and session policies grant nothing; they must allow as well. SCPs of
one level add up, and each level must allow. Without levels, all SCPs count as one level, and every
other level as allowing everything.
A resource without an account in its ARN counts as in the principal's account, unless
--resource-account names another.
Actions and condition keys that the service reference does not know, and actions that do not apply
to the resource, are reported on standard error.
The caller signs its requests, or is anonymous: without a signature only a resource policy that
names everybody can allow it. --auth is how an API method authorizes callers: with none and cognito
the resource policy must allow; with lambda that or what the authorizer returns. Cognito tokens are
not checked.
If an Allow is missing, the smallest change that adds one is shown.
A file for --questions is YAML, or JSON with comments; the paths of its policies are relative to it:
  { "policies": ["role.json"], "questions": [
    { "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/*", "expect": "allow" } ] }
Exit codes: 0 allow, or the expected answers, 1 any other answer, 2 usage, or a file that cannot be
read, has no policy or one that AWS would refuse. server/docs/allows.md describes the JSON output
and files of questions.`,
    );
  command.action(async (names: readonly string[], options: AllowsOptions) => {
    const { action, resource, principal, resourceAccount, policyType, also, format, expect, auth, api } =
      options;
    if (options.questions.length > 0) {
      const given = GIVEN_ELSEWHERE.filter((option) => command.getOptionValueSource(option) === 'cli').map(
        (option) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      );
      const [first] = [...names, ...given];
      if (first !== undefined) {
        usageError(
          command,
          `${first} cannot be combined with --questions: the file has everything that is asked`,
        );
      }
      finish(await answerQuestions(io, openService(), { files: options.questions, format }));
      return;
    }
    if (names.length === 0 && also.length === 0) {
      usageError(command, "missing required argument 'files'");
    }
    if (action === undefined || resource === undefined) {
      usageError(
        command,
        `required option '${action === undefined ? '--action <action>' : '--resource <arn>'}' not specified`,
      );
    }
    const files = [...[...new Set(names)].map((name) => ({ name, policyType, level: undefined })), ...also];
    const problem =
      ownerProblem(resource, resourceAccount) ??
      authorizationProblem({ action, principal, auth, api }) ??
      levelProblem(files);
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
        question: { action, resource, principal, resourceAccount, auth, api, context },
        expect,
      }),
    );
  });
}

/** The options that a file of questions has members for, by their names in Commander. */
const GIVEN_ELSEWHERE = [
  'action',
  'resource',
  'principal',
  'resourceAccount',
  'auth',
  'api',
  'context',
  'contextFile',
  'assumeAbsent',
  'policyType',
  'also',
  'expect',
] as const;
