import type { Timers } from '../lsp/host';

/**
 * The timers of a process.
 *
 * @param room what each pause waits for beside, if anything: what is worked out for a client that reads nothing would pile up
 */
export function nodeTimers(room: () => Promise<void> | undefined): Timers {
  return {
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    pause: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await room();
    },
    now: () => performance.now(),
  };
}
