import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { installationFolder } from '../node/installation';
import type { CheckedShare, Threads } from './threads';

/** What a thread says: what came of a share, and at the end that it is done. */
export type ThreadMessage = CheckedShare | 'done';

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
    run: (task, told) =>
      new Promise((resolve) => {
        let worker: Worker;
        try {
          worker = new Worker(script, {
            workerData: task,
            resourceLimits: memory === undefined ? {} : { maxOldGenerationSizeMb: memory },
          });
        } catch (error) {
          resolve({ problem: String(error) });
          return;
        }
        worker.on('message', (message: ThreadMessage) => {
          if (message === 'done') {
            resolve('done');
          } else {
            told(message);
          }
        });
        worker.on('error', (error: NodeJS.ErrnoException) =>
          resolve({
            problem: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : `internal error: ${error}`,
          }),
        );
        worker.on('exit', () => resolve({ problem: 'internal error: its thread has ended' }));
      }),
  };
}

/** The script of such a thread: a bundle in an installation, the compiled file in the tests of a checkout. */
export function workerScript(folder = installationFolder()): string {
  const compiled = join(__dirname, 'workerMain.js');
  return existsSync(compiled) ? compiled : join(folder, 'dist', 'worker.js');
}
