import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { posix } from 'node:path';
import { forwardSlashes } from './files';
import { gitSurroundings } from './gitFile';

/** What became of a file since a revision: `missing` is one that neither was there nor is. */
export type Change = 'changed' | 'unchanged' | 'deleted' | 'missing';

/** Tells of files by their absolute paths what became of them, or in half a sentence why that cannot be told. */
export type Changes = { of(path: string): Promise<Change> } | { readonly problem: string };

/**
 * What differs from a revision, by git: what was committed since the branch left it, what was not committed yet, and what
 * git does not know and does not ignore. A file of a submodule has changed where the submodule has, and a link where what it
 * leads to has. A file that lies outside of the repository counts as changed: git says nothing of it.
 *
 * @param folder any folder of the repository, absolute
 */
export async function changedSince(folder: string, revision: string): Promise<Changes> {
  if (revision === '' || revision.startsWith('-')) {
    return { problem: 'that is not a revision' };
  }
  try {
    // Without its line end alone: a folder may be named by spaces.
    const top = (await git(folder, 'rev-parse', '--show-toplevel')).replace(/\r?\n$/, '');
    const root = await resolved(top);
    const commit = await commitOf(folder, revision);
    // Histories that have nothing in common are compared as they are.
    const base = (await git(folder, 'merge-base', commit, 'HEAD').catch(() => commit)).trim();
    const changed = await git(
      ...([folder, 'diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-relative'] as const),
      ...(['--ignore-submodules=none', base, '--'] as const),
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
    // What ends with a slash is a repository that nobody has added yet.
    return changesIn(root, new Set(names.map((name) => posix.join(root, name).replace(/\/$/, ''))));
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

async function commitOf(folder: string, revision: string): Promise<string> {
  try {
    return (await git(folder, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
  } catch (error) {
    const isShallow = await git(folder, 'rev-parse', '--is-shallow-repository').catch(() => '');
    throw isShallow.trim() === 'true' ? new NotInShallowClone() : error;
  }
}

class NotInShallowClone extends Error {
  override readonly message =
    'git knows no such revision; this is a shallow clone, which has only a part of the history';
}

function changesIn(root: string, paths: ReadonlySet<string>): Changes {
  const folders = new Map<string, Promise<string>>();
  const within = root.endsWith('/') ? root : `${root}/`;
  const differs = (path: string): boolean => {
    for (let at = path; at.length > 1; at = posix.dirname(at)) {
      if (paths.has(at)) {
        return true;
      }
      if (posix.dirname(at) === at) {
        break;
      }
    }
    return false;
  };
  return {
    of: async (path) => {
      const name = posix.dirname(path);
      const folder = folders.get(name) ?? resolved(name);
      folders.set(name, folder);
      const place = posix.join(await folder, posix.basename(path));
      const found = await lstat(path).catch(() => undefined);
      if (found === undefined) {
        return differs(place) ? 'deleted' : 'missing';
      }
      return !place.startsWith(within) ||
        differs(place) ||
        (found.isSymbolicLink() && differs(await resolved(path)))
        ? 'changed'
        : 'unchanged';
    },
  };
}

/** Without links on the way; of a path that leads nowhere the path itself. */
async function resolved(path: string): Promise<string> {
  return forwardSlashes(await realpath(path).catch(() => path));
}

/** A repository can name programs that git runs for it; of those none is needed here. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '--no-optional-locks'];

/** Names of half a million files. */
const MAX_OUTPUT = 64 * 1024 * 1024;

function git(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, '-C', folder, ...args],
      { ...gitSurroundings(), maxBuffer: MAX_OUTPUT, encoding: 'utf8', windowsHide: true },
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
    return error instanceof NotInShallowClone ? error.message : String(error);
  }
  return error.isMissing
    ? 'git is not on the path'
    : error.message === ''
      ? 'git knows no such revision'
      : `git says: ${error.message.replace(/^fatal: /, '')}`;
}
