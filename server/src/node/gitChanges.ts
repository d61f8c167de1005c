import { execFile } from 'node:child_process';
import { posix } from 'node:path';
import { forwardSlashes } from './files';

/** What changed since a revision, or in half a sentence why that cannot be told. */
export type Changes = { readonly paths: ReadonlySet<string> } | { readonly problem: string };

/**
 * The files that differ from a revision, by git: what was committed since the branch left it, what was not committed yet, and
 * what git does not know and does not ignore. Deleted ones are not among them.
 *
 * @param folder any folder of the repository, absolute
 * @returns absolute paths with forward slashes, as from the folder: links on the way to it are not resolved
 */
export async function changedSince(folder: string, revision: string): Promise<Changes> {
  if (revision === '' || revision.startsWith('-')) {
    return { problem: 'that is no revision' };
  }
  try {
    const up = (await git(folder, 'rev-parse', '--show-cdup')).trim();
    const root = posix.join(forwardSlashes(folder), up);
    const commit = (await git(folder, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
    // Histories that have nothing in common are compared as they are.
    const base = (await git(folder, 'merge-base', commit, 'HEAD').catch(() => commit)).trim();
    const changed = await git(
      ...([folder, 'diff', '--name-only', '-z', '--diff-filter=d', '--no-renames', '--no-ext-diff'] as const),
      ...([base, '--'] as const),
    );
    const untracked = await git(
      folder,
      'ls-files',
      '--others',
      '--exclude-standard',
      '-z',
      '--full-name',
      '--',
      `:/`,
    );
    const names = [...changed.split('\0'), ...untracked.split('\0')].filter((name) => name !== '');
    return { paths: new Set(names.map((name) => posix.join(root, name))) };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** A repository can name programs that git runs for it; of those none is needed here. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '--no-optional-locks'];

/** Names of half a million files. */
const MAX_OUTPUT = 64 * 1024 * 1024;

function git(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, ...args],
      { cwd: folder, maxBuffer: MAX_OUTPUT, encoding: 'utf8', windowsHide: true },
      (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new GitError(error, stderr))),
    );
  });
}

class GitError extends Error {
  readonly isMissing: boolean;

  constructor({ code }: { readonly code?: unknown }, stderr: string) {
    super(stderr.trim().split('\n')[0] ?? '');
    this.isMissing = code === 'ENOENT';
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof GitError)) {
    return String(error);
  }
  return error.isMissing
    ? 'git is not on the path'
    : error.message === ''
      ? 'git knows no such revision'
      : `git says: ${error.message.replace(/^fatal: /, '')}`;
}
