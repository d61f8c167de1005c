import { Worker } from 'node:worker_threads';
import { type Background, READINGS, type Reading, type ReadingName } from '../lsp/readings';

/** What the thread is asked. */
export interface Job {
  readonly id: number;
  readonly name: ReadingName;
  readonly uri: string;
  readonly text: string;
}

/** What it says: that it has loaded what it needs, and then an answer to each job. */
export type Message = 'ready' | { readonly id: number; readonly told: unknown };

export interface BackgroundLimits {
  /**
   * Milliseconds for one file, once the thread runs. On an idle machine the slowest that are read at all take less than
   * two seconds.
   */
  readonly time: number;
  /** Megabytes that may be in use at once; the slowest files take less than a hundred. */
  readonly memory: number;
  /** Milliseconds without work after which the thread ends, and with it the memory that it holds. */
  readonly idle: number;
}

const LIMITS: BackgroundLimits = { time: 10_000, memory: 384, idle: 15_000 };

/**
 * A thread that reads files one after the other. It is started with the first, ended when there is nothing more to read or
 * when a file takes too long, and started again with the next. Where no thread can be started, files are read here.
 *
 * @param script the bundle or the compiled file of `backgroundMain.ts`
 */
export function createBackground(script: string, limits: BackgroundLimits = LIMITS): Background {
  const waiting: Task[] = [];
  let worker: Worker | undefined;
  let current: Task | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let ids = 0;

  const stop = (): void => {
    clearTimeout(timer);
    void worker?.terminate();
    worker = undefined;
    isRunning = false;
  };
  const finish = (told: unknown): void => {
    current?.done(told);
    current = undefined;
    next();
  };
  const startClock = (): void => {
    timer = setTimeout(() => {
      stop();
      finish(undefined);
    }, limits.time);
  };
  /** Of a thread that is not the current one any more nothing is heard. */
  const start = (): Worker => {
    const started = new Worker(script, {
      resourceLimits: { maxOldGenerationSizeMb: limits.memory },
      // What it prints would go to the client as if it were the protocol.
      stdout: true,
      stderr: true,
    });
    // A thread is no reason to stay when the client has left.
    started.unref();
    started.on('message', (message: Message) => {
      if (started !== worker) return;
      if (message === 'ready') {
        isRunning = true;
        if (current !== undefined) startClock();
      } else if (message.id === current?.job.id) {
        finish(message.told);
      }
    });
    const gone = (): void => {
      if (started !== worker) return;
      const told = isRunning || current === undefined ? undefined : readHere(current.job);
      stop();
      finish(told);
    };
    started.on('error', gone);
    started.on('exit', gone);
    return started;
  };
  const next = (): void => {
    clearTimeout(timer);
    current = waiting.shift();
    if (current === undefined) {
      timer = setTimeout(stop, limits.idle).unref();
      return;
    }
    worker ??= start();
    worker.postMessage(current.job);
    if (isRunning) startClock();
  };

  return {
    read: <Name extends ReadingName>(name: Name, uri: string, text: string) =>
      new Promise<Reading<Name> | undefined>((resolve) => {
        ids += 1;
        waiting.push({
          job: { id: ids, name, uri, text },
          // The thread answers with what the reading of this name gives.
          done: (told) => resolve(told as Reading<Name> | undefined),
        });
        if (current === undefined) next();
      }),
  };
}

interface Task {
  readonly job: Job;
  done(told: unknown): void;
}

function readHere({ name, uri, text }: Job): unknown {
  return READINGS[name](uri, text);
}
