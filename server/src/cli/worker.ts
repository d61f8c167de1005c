import { Worker } from 'node:worker_threads';
import type { CheckedShare, CheckTask } from './threads';

/** What a thread says: what came of a share, and at the end that it is done. */
export type ThreadMessage = CheckedShare | 'done';

/**
 * Starts a thread of Node that checks shares, as `run` of `Threads` says. Apart from what tells whether one pays: Node
 * takes a hundredth of a second to load what threads need.
 *
 * @param memory megabytes that the thread may use; by default as many as the program
 */
export function runWorker(
  script: string,
  memory: number | undefined,
  task: CheckTask,
  told: (checked: CheckedShare) => void,
): Promise<'done' | { readonly problem: string }> {
  return new Promise((resolve) => {
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
  });
}
