import type { Output } from './io';

/** Goes back to the beginning of a terminal's line and takes away what stands there. */
const OVER = '\r\u001b[K';

/** A line of progress, which takes the place of the one before; an empty one leaves nothing. */
export function progressLine(text: string): string {
  return `${OVER}${text}`;
}

/** What of a process is used, so that a test can stand in for it. */
export interface InterruptedProcess {
  readonly pid: number;
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGINT'): unknown;
}

export interface Interruption {
  /** The given output. A line of progress that stands on it is taken away before Ctrl-C ends the program. */
  readonly stderr: Output;
  /** Fires at the first Ctrl-C, which from now on does not end the program; a second one does, as it always would. */
  signal(): AbortSignal;
}

/** What Ctrl-C does. Without a line of progress and without anybody who asks for the signal, nothing changes. */
export function createInterruption(
  process: InterruptedProcess,
  stderr: Output & { whenWritten(done: () => void): void },
): Interruption {
  const controller = new AbortController();
  let isAwaited = false;
  let isStanding = false;
  let isListening = false;
  const interrupted = (): void => {
    if (isAwaited && !controller.signal.aborted) {
      controller.abort();
      return;
    }
    if (isStanding) {
      stderr.write(OVER);
    }
    stderr.whenWritten(() => {
      process.off('SIGINT', interrupted);
      process.kill(process.pid, 'SIGINT');
    });
  };
  const listen = (): void => {
    if (!isListening) {
      isListening = true;
      process.on('SIGINT', interrupted);
    }
  };
  return {
    stderr: {
      write: (text) => {
        isStanding = text.startsWith(OVER) && text.length > OVER.length;
        if (isStanding) {
          listen();
        }
        stderr.write(text);
      },
      get isTty() {
        return stderr.isTty;
      },
    },
    signal: () => {
      isAwaited = true;
      listen();
      return controller.signal;
    },
  };
}
