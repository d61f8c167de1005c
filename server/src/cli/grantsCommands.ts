import { type Command, Option } from 'commander';
import {
  actionProblem,
  type LanguageService,
  type PolicyType,
  policyTypes,
  resourceProblem,
} from '../core/index';
import { checked, collectPolicyFile, levelProblem } from './allowsOptions';
import { answerNever, answerPublic, answerWho, type GrantsRequest } from './grants';
import type { CliIo, ExitCode } from './io';
import { type Finish, formatOption, usageError } from './options';
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
  const never = commandOf('never', 'Tell whether anybody could do something by the policies in files.');
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

Prints never, possible or perhaps, and for what is possible the statement and a request that it allows. Each policy counts
by itself, since nobody knows who holds which, and within the limits that are given: SCPs, permissions boundaries and
session policies limit identity policies, resource control policies limit all.
Exit codes: 0 never, 1 possible or perhaps, 2 usage or a file that cannot be read, or holds no policy or one that AWS
would refuse. server/docs/compare.md tells of the JSON.`,
    );
  const open = commandOf('public', 'Tell whether resource policies in files let in anybody at all.');
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

A grant is public where a principal whom nobody named has it, and no condition compares one of the keys that keep the
public out, such as aws:SourceVpce, aws:PrincipalOrgID or aws:SourceIp, with fixed values. server/docs/compare.md has the
keys, and tells of the JSON.
Exit codes: 0 not public, 1 public or perhaps, 2 usage, files without a resource policy, or a file that cannot be read, or
holds no policy or one that AWS would refuse.`,
    );
  const who = commandOf('who', 'Tell which principals may do something by the policies in files.');
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

Tells the principals that resource and trust policies name, and which identity policies give it to whoever holds them,
each with one request.
Exit codes: 0 somebody may, 1 nobody for certain, 2 usage or a file that cannot be read, or holds no policy or one that
AWS would refuse. server/docs/compare.md tells of the JSON.`,
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
      .argument('<files...>', 'files that hold policies; "-" is standard input');
  }
}

function addQuestion(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--action <action>',
        'what is asked for, as in iam:CreateUser; wildcards stand for any of several',
      )
        .argParser(checked(actionProblem))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--resource <arn>',
        'on what; wildcards stand for any of several, and without it anything counts',
      ).argParser(checked(resourceProblem)),
    );
}

function alsoOption(): Option {
  return new Option(
    '--also <type=file>',
    'a further file and what its policies are; scp:LEVEL=FILE says at which level of the organization; may be repeated',
  )
    .argParser(collectPolicyFile)
    .default([], 'none');
}

function typeOption(): Option {
  return new Option(
    '--policy-type <type>',
    'what the policies are, instead of what their content says',
  ).choices(policyTypes);
}
