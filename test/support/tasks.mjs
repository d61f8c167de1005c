// What `npm start` and `npm test` share. Only Node's own modules: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const children = new Set();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    process.exit(code);
  });
}

/**
 * npm tells only the shell between it and its script to end, which leaves the script behind. Whoever is started by
 * npm and works for long therefore ends when that shell is gone.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000);
  watch.unref();
}

/** Runs a program of this repository, its output shown as it comes, and resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      // npm and npx are command files on Windows, which only a shell can start.
      shell: process.platform === 'win32' && command !== process.execPath,
      ...options,
    });
    children.add(child);
    child.once('error', fail);
    child.once('close', (code, signal) => {
      children.delete(child);
      done(code ?? (signal === null ? 1 : 128));
    });
  });
}

/**
 * Runs a program like {@link run} while others run, and keeps its output until `show` prints it whole.
 *
 * @returns at once; `code` is a promise
 */
export function runAside(command, args) {
  const output = [];
  const code = new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command !== process.execPath,
    });
    children.add(child);
    child.stdout.on('data', (bytes) => output.push([process.stdout, bytes]));
    child.stderr.on('data', (bytes) => output.push([process.stderr, bytes]));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      children.delete(child);
      done(code ?? (signal === null ? 1 : 128));
    });
  });
  // Whoever awaits it sees that; nobody may do so before it fails.
  code.catch(() => undefined);
  return {
    code,
    show: () => {
      for (const [stream, bytes] of output.splice(0)) stream.write(bytes);
    },
  };
}

/**
 * Runs programs at the same time, and shows the output of one after that of another. Resolves with whether all went
 * well.
 */
export async function runTogether(commands) {
  const running = commands.map(([command, ...args]) => runAside(command, args));
  let areGreen = true;
  for (const { code, show } of running) {
    areGreen = (await code) === 0 && areGreen;
    show();
  }
  return areGreen;
}

/** Runs a script of package.json. */
export function runScript(name) {
  return run('npm', ['run', '--silent', name]);
}

/** Installs exactly what the lockfile names, unless it is there already. Resolves with npm's exit code. */
export async function installDependencies() {
  const stale = staleDependency();
  if (stale === undefined) return 0;
  const modules = join(root, 'node_modules');
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) {
    console.log(`node_modules is a link, so it is left alone although it is stale (${stale}).`);
    return 0;
  }
  console.log(`npm ci (${stale})`);
  return run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * The first difference between package-lock.json and what npm noted when it last installed; undefined when there
 * is none. Packages for other platforms are absent from npm's notes and do not count.
 */
function staleDependency() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue;
    if (present[path] === undefined ? !optional : present[path].version !== version) {
      return `${path.replace(/^.*node_modules\//, '')} ${version} is missing`;
    }
  }
  return undefined;
}
