import { type Command, Option } from 'commander';
import type { LanguageService, PolicyType } from '../core/index';
import { compareFiles, type Version } from './compare';
import { STANDARD_INPUT } from './files';
import type { CliIo } from './io';
import { type Finish, formatOption, typeOption, usageError } from './options';

interface CompareOptions {
  readonly git?: string;
  readonly policyType?: PolicyType;
  readonly format: 'text' | 'json';
}

/** Adds `compare`, which tells what a change of policies grants. */
export function addCompare(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = program
    .command('compare')
    .description(
      'Tell what the policies of a file newly grant compared with those of another, and what they take away.',
    )
    .argument('<old>', 'old version: a file, REVISION:FILE as in Git, or "-" for standard input')
    .argument('[new]', 'new version; with --git name only this one')
    .addOption(
      new Option('--git <revision>', 'compare with the file in a Git revision, such as HEAD or main'),
    )
    .addOption(typeOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy compare old.json new.json
  iam-policy compare --git HEAD policy.json
  iam-policy compare main:policies/deploy.json policies/deploy.json
  git show main:policy.json | iam-policy compare - policy.json

Shows requests that NEW allows and OLD does not: actions, resources, principals and conditions, each
with an example that was evaluated with both. Public access comes first, then privilege escalation.
What cannot be decided is shown as "perhaps", and counts as newly granted. Conditions count by the
requests that meet them: a narrower CIDR block grants nothing new; a condition that was removed
does, and so does a value that was added to a list. An action with wildcards also grants actions
that AWS may add.
Each policy is compared with the one that is attached to the same resource or identity. Policies
that only limit, such as service control policies and permissions boundaries, are compared by what
they still allow. An empty file has no policy.
Exit codes: 0 nothing is newly granted, 1 something is, 2 usage, or a file that cannot be read, has
no policy or one that AWS would refuse. server/docs/compare.md has examples, and describes the JSON
output.`,
    );
  command.action(async (old: string, fresh: string | undefined, options: CompareOptions) => {
    const { git, policyType, format } = options;
    if (git === undefined && fresh === undefined) {
      usageError(command, 'name two files, or one and --git REVISION');
    }
    if (git !== undefined && fresh !== undefined) {
      usageError(command, '--git compares one file with itself, and two are named');
    }
    if (git !== undefined && old === STANDARD_INPUT) {
      usageError(command, '--git compares a file, and standard input is none');
    }
    if (old === STANDARD_INPUT && fresh === STANDARD_INPUT) {
      usageError(command, 'standard input cannot be both files');
    }
    const before: Version =
      git === undefined ? await versionOf(io, old) : { name: `${git}:${old}`, path: old, revision: git };
    const after: Version =
      git === undefined ? await versionOf(io, fresh ?? old) : { name: old, path: old, revision: undefined };
    finish(await compareFiles(io, openService(), { before, after, policyType, format }));
  });
}

/**
 * A name is a file's where there is such a file; else `REVISION:FILE` is one of git's, from the root of the repository
 * unless it begins with a dot (gitrevisions, `<rev>:<path>`).
 */
async function versionOf(io: CliIo, name: string): Promise<Version> {
  const [, revision, path] = /^([^:]{2,}):(?!\/\/)(.+)$/s.exec(name) ?? [];
  if (revision === undefined || path === undefined || name === STANDARD_INPUT) {
    return { name, path: name, revision: undefined };
  }
  const isFile = await io.readFile(name, 'found').then(
    () => true,
    () => false,
  );
  const root = /^\.{0,2}[\\/]/.test(path) ? undefined : io.repositoryFolder();
  return isFile
    ? { name, path: name, revision: undefined }
    : { name, path: root === undefined ? path : `${root.replace(/\/$/, '')}/${path}`, revision };
}
