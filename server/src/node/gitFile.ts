import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forwardSlashes } from './files';
import { FOUND_FILES } from './readLimited';

/** What came of asking git for a file. */
export type GitFile = { readonly bytes: Uint8Array } | { readonly problem: string };

export interface GitLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const LIMITS: GitLimits = { maxBytes: 64 * 1024 * 1024, timeoutMs: 20_000 };

/**
 * A file as it was in a revision of the repository that it lies in, by `git show`. Nothing of the repository runs: no text
 * conversion, no pager, no fetching of what a partial clone lacks. What goes wrong is told in half a sentence.
 *
 * @param revision as git takes it, such as `HEAD~2`; never an option
 */
export function readGitFile(revision: string, path: string, limits: GitLimits = LIMITS): Promise<GitFile> {
  if (revision === '' || revision.startsWith('-') || /[\0\n:]/.test(revision)) {
    return Promise.resolve({ problem: `${revision} is not a revision` });
  }
  // Its folder may have been there only then.
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) {
    folder = dirname(folder);
  }
  const args = [
    '-C',
    folder,
    '--no-pager',
    '--literal-pathspecs',
    'show',
    '--no-textconv',
    '--no-ext-diff',
    '--end-of-options',
    `${revision}:./${forwardSlashes(relative(folder, resolve(path)))}`,
  ];
  return new Promise((done) => {
    execFile(
      'git',
      args,
      {
        encoding: 'buffer',
        maxBuffer: limits.maxBytes,
        timeout: limits.timeoutMs,
        windowsHide: true,
        ...gitSurroundings(),
      },
      (error, stdout, stderr) => {
        done(error === null ? { bytes: stdout } : { problem: problemOf(error, stderr.toString('utf8')) });
      },
    );
  });
}

/**
 * The environment without the variables that Git sets for hooks: if a repository is named, Git takes the working folder
 * for its root. If the root is named as well, both stay.
 */
function withoutHook({
  GIT_DIR,
  GIT_INDEX_FILE,
  GIT_PREFIX: _,
  ...env
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_WORK_TREE } = env;
  return GIT_WORK_TREE === undefined || GIT_DIR === undefined
    ? env
    : {
        ...env,
        GIT_WORK_TREE: resolve(GIT_WORK_TREE),
        GIT_DIR: resolve(GIT_DIR),
        ...(GIT_INDEX_FILE === undefined ? {} : { GIT_INDEX_FILE: resolve(GIT_INDEX_FILE) }),
      };
}

/** A file of the workspace by its URI, as the last commit has it. */
export async function committedFile(
  uri: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const path = pathOf(uri);
  if (path === undefined) {
    return { problem: 'the document is not a file' };
  }
  const limits = { maxBytes: FOUND_FILES.maxBytes, timeoutMs: 10_000 };
  const found = await readGitFile('HEAD', path, limits);
  return 'bytes' in found ? { text: new TextDecoder().decode(found.bytes) } : found;
}

/** The file that a URI names; `undefined` for one that can name none here, such as that of a share where there are none. */
function pathOf(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Where git runs, and with which variables: it asks nobody, fetches nothing, and speaks the language that we read. */
export function gitSurroundings(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  return {
    // Windows looks for programs in the working folder first: not in one that came with a repository.
    cwd: dirname(process.execPath),
    env: {
      ...withoutHook(process.env),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      LC_ALL: 'C',
    },
  };
}

function problemOf(error: Error, stderr: string): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    return 'git is not installed, or not on the path';
  }
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return 'it is too long to be a policy or a definition';
  }
  if ('killed' in error && error.killed === true) {
    return 'git does not answer';
  }
  const [line = ''] = stderr.split('\n').filter((each) => /^(?:fatal|error): /.test(each));
  return line === '' ? 'git failed' : line.replace(/^(?:fatal|error): /, '').slice(0, 300);
}
