import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { installationFolder } from '../node/installation';
import type { Threads } from './threads';
import { runWorker } from './worker';

/**
 * Threads of Node.
 *
 * @param script the bundle or the compiled file of `workerMain.ts`
 * @param memory megabytes that a thread may use; by default as many as the program
 */
export function createThreads(script: string, memory?: number): Threads {
  return {
    processors: availableParallelism(),
    sizeOf: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    run: (task, told) => runWorker(script, memory, task, told),
  };
}

/** The script of such a thread: a bundle in an installation, the compiled file in the tests of a checkout. */
export function workerScript(folder = installationFolder()): string {
  const compiled = join(__dirname, 'workerMain.js');
  return existsSync(compiled) ? compiled : join(folder, 'dist', 'worker.js');
}
