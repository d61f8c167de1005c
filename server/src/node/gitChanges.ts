import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { devNull } from 'node:os';
import { posix } from 'node:path';
import { forwardSlashes } from './files';
import { gitSurroundings } from './gitFile';

/** What became of a file since a revision: `missing` is one that neither was there nor is. */
export type Change = 'changed' | 'unchanged' | 'deleted' | 'missing';

/** Tells of files by their absolute paths what became of them, or in half a sentence why that cannot be told. */
export type Changes = { of(path: string): Promise<Change> } | { readonly problem: string };

/**
 * What differs from a revision, by git: what was committed since the branch left it, what was not committed yet, and what
 * git does not know and does not ignore. A file of a submodule has changed where the submodule has another commit, and a link
 * where what it leads to has. A file that lies outside of the repository counts as changed: git says nothing of it.
 *
 * @param folder any folder of the repository, absolute
 * @param longestMs how long Git may take to list files
 */
export async function changedSince(
  folder: string,
  revision: string,
  longestMs = LONGEST_MS,
): Promise<Changes> {
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
    // What ends with a slash is a repository that nobody has added yet.
    const names = await namesSince(root, base, longestMs, MAX_SUBMODULES);
    return changesIn(root, new Set(names.map((name) => posix.join(root, name).replace(/\/$/, ''))));
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Nobody nests them deeper by hand. */
const MAX_SUBMODULES = 8;

/**
 * What differs in a repository and is not ignored, by paths from its root. Its submodules are asked one by one: Git
 * itself would run another Git in each, which uses only the configuration of that repository.
 *
 * @param depth how deep submodules in submodules are followed
 */
async function namesSince(
  root: string,
  base: string,
  longestMs: number,
  depth: number,
): Promise<readonly string[]> {
  const safe = await withoutFilters(root);
  const list = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await gitWithin(longestMs, root, ...safe, ...args)).split('\0').filter((line) => line !== '');
  const names = [
    ...(await list(
      ...['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-relative'],
      ...['--ignore-submodules=dirty', base, '--'],
    )),
    ...(await list('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', ':/')),
  ];
  const modules = (await list('ls-files', '--stage', '-z')).flatMap((line) =>
    line.startsWith('160000 ') ? [line.slice(line.indexOf('\t') + 1)] : [],
  );
  for (const module of depth === 0 ? [] : modules) {
    const at = posix.join(root, module);
    if ((await lstat(posix.join(at, '.git')).catch(() => undefined)) !== undefined) {
      const within = await namesSince(at, 'HEAD', longestMs, depth - 1).catch(() => ['']);
      names.push(...within.map((name) => posix.join(module, name)));
    }
  }
  return names;
}

/**
 * Options that switch off the filters that a repository itself defines: git runs them to compare a file with what was
 * committed. Those of the user stay.
 */
async function withoutFilters(root: string): Promise<readonly string[]> {
  const off = new Set<string>();
  for (const [scope, name] of await filterSettings(root)) {
    const filter = name.slice(0, name.lastIndexOf('.'));
    if (scope !== 'global' && scope !== 'system' && scope !== 'command') {
      if (filter.includes('=')) {
        throw new OddFilter();
      }
      off.add(filter);
    }
  }
  return [...off].flatMap((filter) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((end) => ['-c', `${filter}.${end}`]),
  );
}

/** The names of the settings of filters, with where they stand; that is told by git 2.26 and newer. */
async function filterSettings(root: string): Promise<readonly (readonly [scope: string, name: string])[]> {
  const search = ['--name-only', '-z', '--get-regexp', '^filter\\.'];
  const none = (error: unknown): string => {
    // It says nothing where it finds none.
    if (error instanceof GitError && error.message === '') {
      return '';
    }
    throw error;
  };
  try {
    const parts = (await git(root, 'config', '--show-scope', ...search).catch(none)).split('\0');
    return parts.flatMap((scope, at) => (at % 2 === 0 && scope !== '' ? [[scope, parts[at + 1] ?? '']] : []));
  } catch {
    const names = (await git(root, 'config', ...search).catch(none)).split('\0');
    return names.filter((name) => name !== '').map((name) => ['unknown', name]);
  }
}

class OddFilter extends Error {
  override readonly message = 'the configuration of the repository has a filter with "=" in its name';
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
const SAFE = [
  ...['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`],
  ...['-c', 'core.quotePath=false', '--no-optional-locks'],
];

/** A million files, with the output of Git for each. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** A large repository takes a minute; Git itself waits forever for an ignore file that is a pipe. */
const LONGEST_MS = 5 * 60_000;

function git(folder: string, ...args: readonly string[]): Promise<string> {
  return gitWithin(LONGEST_MS, folder, ...args);
}

function gitWithin(timeout: number, folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, '-C', folder, ...args],
      { ...gitSurroundings(), timeout, maxBuffer: MAX_OUTPUT, encoding: 'utf8', windowsHide: true },
      (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new GitError(error, stderr))),
    );
  });
}

class GitError extends Error {
  readonly isMissing: boolean;
  readonly isSlow: boolean;
  /** Whether something else than Git itself has ended it. */
  readonly isEnded: boolean;

  constructor({ code, killed }: { readonly code?: unknown; readonly killed?: unknown }, stderr: string) {
    super(stderr.trim().split('\n')[0] ?? '');
    this.isMissing = code === 'ENOENT';
    this.isSlow = killed === true && code === null;
    this.isEnded = typeof code !== 'number';
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof GitError)) {
    return error instanceof NotInShallowClone || error instanceof OddFilter ? error.message : String(error);
  }
  return error.isMissing
    ? 'git is not on the path'
    : error.isSlow
      ? 'git does not answer'
      : error.message === ''
        ? error.isEnded
          ? 'git was ended'
          : 'git knows no such revision'
        : `git says: ${error.message.replace(/^fatal: /, '')}`;
}
