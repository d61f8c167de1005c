import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { installationFolder, installedVersion } from './installation';
import { keepScripts } from './keptScripts';

/** Node's own ("Module compile cache" in the documentation of `node:module`), since 22.1; this of it since 22.10. */
interface CompileCache {
  readonly flushCompileCache?: () => void;
}

const { flushCompileCache } = modules as CompileCache;

/** Writes down what was compiled, where Node does not do so. */
let write: (() => void) | undefined;

/**
 * Has what V8 compiles of this program kept on the disk, so that it starts sooner the next time: compiling takes a quarter
 * of a short run. It begins with what is loaded after this call. Whatever goes wrong, the program runs as if nothing
 * were kept.
 *
 * Node would do it by `module.enableCompileCache`, but not before 22.8, and it reads a file for each script: of what a short
 * run takes beside an empty Node 24 it saves 14 ms of 70, and one file for all of them 28.
 *
 * It goes by Node's variables: with `NODE_DISABLE_COMPILE_CACHE=1` nothing is kept, and where `NODE_COMPILE_CACHE` names a
 * folder that is left to Node.
 *
 * @param program A name for what is loaded, such as `cli`.
 */
export function useCompiledCode(program: string, env: NodeJS.ProcessEnv = process.env): void {
  if (env.NODE_DISABLE_COMPILE_CACHE === '1' || env.NODE_COMPILE_CACHE) {
    return;
  }
  try {
    const installation = installationFolder();
    const folder = ownFolder(cachesOf(env), installedVersion(installation));
    if (folder !== undefined) {
      const { arch, versions } = process;
      // V8 looks at its version, not at how it was built: Electron's, and that of another processor, are others.
      const file = join(folder, `${program}-${versions.v8}-${arch}`);
      write = keepScripts(join(installation, 'dist', 'chunks'), file);
    }
  } catch {
    // A home that cannot be written to, say: whoever runs this has not asked for it.
  }
}

/** Writes down now what is written at the end of the process otherwise; some editors do not wait for that end. */
export function keepCompiledCode(): void {
  (write ?? flushCompileCache)?.();
}

/**
 * Where programs of this user keep what they can do without, as each system has it; on Linux by the XDG base
 * directories.
 */
function cachesOf({ XDG_CACHE_HOME: xdg, LOCALAPPDATA: local }: NodeJS.ProcessEnv): string {
  if (xdg !== undefined && isAbsolute(xdg)) {
    return xdg;
  }
  switch (process.platform) {
    case 'win32':
      return local ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return join(homedir(), '.cache');
  }
}

/**
 * The folder of a version, made where it was not there. When it is made, those of other versions go that were not written
 * to of late; one that is still in use comes back with its next start.
 *
 * @returns `undefined` where somebody else may write to it, who would decide what this program does.
 */
function ownFolder(caches: string, version: string): string | undefined {
  const all = join(caches, 'iam-policy-tools');
  makeFolder(all);
  if (!isOwn(all)) {
    return undefined;
  }
  const folder = join(all, version);
  if (makeFolder(folder) === 'made') {
    for (const name of readdirSync(all)) {
      if (lstatSync(join(all, name)).mtimeMs < Date.now() - KEPT_MS) {
        rmSync(join(all, name), { recursive: true, force: true });
      }
    }
  }
  return isOwn(folder) ? folder : undefined;
}

/**
 * Makes a folder and those around it, as far as they are not there. Not by Node's own `recursive`, which never returns where
 * a folder is there and says that what is made in it does not exist, as `/proc` does and folders that are mounted when
 * somebody asks for them.
 */
function makeFolder(path: string): 'made' | 'there' {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
    return 'there';
  }
  if (dirname(path) !== path) {
    makeFolder(dirname(path));
  }
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  }
  return 'made';
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Whether a folder is this user's and nobody else can write to it; on Windows that is so for all below the user's
 * profile.
 */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder);
  return (
    found.isDirectory() &&
    (process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0))
  );
}
