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
  policyTypes,
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
import { type Finish, formatOption, usageError } from './options';
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
    .description('Tell whether the policies in files, together, would allow a request.')
    .argument('[files...]', 'files that hold policies; "-" is standard input')
    .addOption(
      new Option('--action <action>', 'what is asked for, as in execute-api:Invoke').argParser(
        checked(actionProblem),
      ),
    )
    .addOption(
      new Option('--resource <arn>', 'on what; wildcards for what is not known').argParser(
        checked(resourceProblem),
      ),
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
        '--auth <type>',
        'how a method of API Gateway authorizes who calls it; with lambda an identity policy is what the authorizer returns',
      ).choices(authorizations),
    )
    .addOption(
      new Option('--api <kind>', 'whether the API is public, or private to the endpoints of a VPC').choices(
        apiKinds,
      ),
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
    .addOption(
      new Option(
        '--expect <answer>',
        'the answer for which the exit code is 0; deny is an explicit and an implicit one',
      ).choices(expectations),
    )
    .addOption(
      new Option(
        '--questions <file>',
        'a file of questions with expected answers, which names its policies, in place of all else; may be repeated',
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
policy for everybody lets in. Of an API --auth tells how a method authorizes the caller: with none and cognito its resource
policy must allow; with lambda it or what the authorizer returns. Whether Cognito takes the token is not asked.
Where an Allow is missing, the smallest change that gives one is shown.
A file for --questions is JSON with comments or YAML; its policies are named relative to it:
  { "policies": ["role.json"], "questions": [
    { "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/*", "expect": "allow" } ] }
Exit codes: 0 allow, or the expected answers, 1 anything else, 2 usage or a file that cannot be read, or holds no policy or
one that AWS would refuse. server/docs/allows.md tells of the JSON and of files of questions.`,
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
          `a file of questions tells all that is asked; ${first} has no place beside --questions`,
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
