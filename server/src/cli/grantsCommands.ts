import { type Command, Option } from 'commander';
import { actionProblem, type LanguageService, type PolicyType, resourceProblem } from '../core/index';
import { checked, collectPolicyFile, levelProblem } from './allowsOptions';
import { answerNever, answerPublic, answerWho, type GrantsRequest } from './grants';
import type { CliIo, ExitCode } from './io';
import { type Finish, formatOption, typeOption, usageError } from './options';
import type { PolicyFile } from './policyDocuments';

interface GrantsOptions {
  readonly action?: string;
  readonly resource?: string;
  readonly policyType?: PolicyType;
  readonly also: readonly PolicyFile[];
  readonly format: 'text' | 'json';
}

type Answer = (io: CliIo, service: LanguageService, request: GrantsRequest) => Promise<ExitCode>;

/** Adds `never`, `public` and `who`, which look for requests that policies allow instead of asking about one. */
export function addGrants(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const never = commandOf('never', 'Tell whether the policies in the files allow anybody to do something.');
  addQuestion(never)
    .addOption(alsoOption())
    .addOption(typeOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy never --action iam:CreateUser policies/*.json
  iam-policy never --action 's3:Delete*' --resource 'arn:aws:s3:::audit-logs/*' --also scp=org.json roles.json

Prints never, possible or perhaps, and for each possible grant the statement and a request that it
allows. Each policy counts by itself, because it is not known who has which, and within the given
limits: SCPs, permissions boundaries and session policies limit identity policies; resource control
policies limit all.
Exit codes: 0 never, 1 possible or perhaps, 2 usage, or a file that cannot be read, has no policy or
one that AWS would refuse. server/docs/compare.md describes the JSON output.`,
    );
  const open = commandOf('public', 'Tell whether resource policies in the files grant public access.');
  open
    .addOption(alsoOption())
    .addOption(typeOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy public bucket-policy.json
  iam-policy public template.yaml --also rcp=org.json

A grant is public if a principal that is not named has it, and no condition compares one of the keys
that exclude the public, such as aws:SourceVpce, aws:PrincipalOrgID or aws:SourceIp, with fixed
values. server/docs/compare.md lists the keys, and describes the JSON output.
Exit codes: 0 not public, 1 public or perhaps, 2 usage, files without a resource policy, or a file
that cannot be read, has no policy or one that AWS would refuse.`,
    );
  const who = commandOf('who', 'Tell which principals can do something, by the policies in the files.');
  addQuestion(who)
    .addOption(alsoOption())
    .addOption(typeOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy who --action execute-api:InvalidateCache template.yaml
  iam-policy who --action sts:AssumeRole roles/*.json

Shows the principals that resource and trust policies name, and the identity policies that allow it,
each with an example request.
Exit codes: 0 somebody can, 1 nobody can for certain, 2 usage, or a file that cannot be read, has no
policy or one that AWS would refuse. server/docs/compare.md describes the JSON output.`,
    );
  const answers: readonly (readonly [Command, Answer])[] = [
    [never, answerNever],
    [open, answerPublic],
    [who, answerWho],
  ];
  for (const [command, answer] of answers) {
    command.action(async (names: readonly string[], options: GrantsOptions) => {
      const { action, resource, policyType, also, format } = options;
      const files = [...[...new Set(names)].map((name) => ({ name, policyType, level: undefined })), ...also];
      const problem = levelProblem(files);
      if (problem !== undefined) {
        usageError(command, problem);
      }
      const question = { action, resource, onlyPublic: command === open };
      finish(await answer(io, openService(), { files, question, format }));
    });
  }

  function commandOf(name: string, description: string): Command {
    return program
      .command(name)
      .description(description)
      .argument('<files...>', 'files with policies; "-" is standard input');
  }
}

function addQuestion(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--action <action>',
        'action, such as iam:CreateUser; a wildcard means any action that matches',
      )
        .argParser(checked(actionProblem))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--resource <arn>',
        'resource; a wildcard means any resource that matches, and the default is any resource',
      ).argParser(checked(resourceProblem)),
    );
}

function alsoOption(): Option {
  return new Option(
    '--also <type=file>',
    'another file and the type of its policies; scp:LEVEL=FILE for a level of the organization; may be repeated',
  )
    .argParser(collectPolicyFile)
    .default([], 'none');
}
