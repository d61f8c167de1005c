import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Set<ChildProcess>();
const folders = new Set<string>();
let guarded = false;

/**
 * Starts a program that cannot outlive this process: whatever ends the process, short of SIGKILL, ends the
 * program and everything that it started.
 *
 * On POSIX it leads a process group of its own, because an editor's server starts extension hosts which a
 * signal to the server alone would orphan.
 */
export function startProcess(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  guard();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('exit', () => {
    // The group may still hold children of a leader that died first.
    signalGroup(child, 'SIGKILL');
    running.delete(child);
  });
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a program started by {@link startProcess} with all its children and resolves when it is gone. */
export function stopProcess(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    signalGroup(child, 'SIGTERM');
  });
}

/** Creates a fresh folder under the system's temporary folder; it is removed when this process ends. */
export function temporaryFolder(name: string): string {
  guard();
  const folder = mkdtempSync(join(tmpdir(), `iam-policy-${name}-`));
  folders.add(folder);
  return folder;
}

/** Removes a folder made by {@link temporaryFolder} before the process ends. */
export function removeTemporaryFolder(folder: string): void {
  // Retries: a killed editor may still be closing its files.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.delete(folder);
}

/**
 * The caller's environment without what would tie an editor to the caller: AWS credentials and settings, and
 * the variables of an editor whose terminal the run was started from.
 *
 * The AWS file variables point at files that do not exist, so that a credential chain cannot find the caller's
 * own profiles, and the metadata services of AWS machines are switched off.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // Undefined rather than absent: a starter that merges this over its own environment drops them too.
  const inherited = Object.entries(process.env).map(([name, value]) => [
    name,
    /^(AWS_|VSCODE_|ELECTRON_)/i.test(name) ? undefined : value,
  ]);
  return {
    ...Object.fromEntries(inherited),
    AWS_CONFIG_FILE: join(tmpdir(), 'iam-policy-no-such-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(tmpdir(), 'iam-policy-no-such-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...extra,
  };
}

function guard(): void {
  if (guarded) return;
  guarded = true;
  process.once('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
    for (const folder of folders) removeQuietly(folder);
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    // A program that wants to end more gently registers its own handler before the first process starts.
    if (process.listenerCount(signal) === 0) process.on(signal, () => process.exit(code));
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the whole group is gone, which is what was wanted.
  }
}

function removeQuietly(folder: string): void {
  try {
    removeTemporaryFolder(folder);
  } catch {
    // A file still held by a dying process: the system's own cleaning of its temporary folder remains.
  }
}
