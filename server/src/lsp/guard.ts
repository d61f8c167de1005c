import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Timers } from './host';

/** One line to the client's log. Never throws. */
export type Log = (line: string) => void;

export type GuardedHandler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/**
 * Wraps handlers so that none can bring the server down or leave a request open: each lets queued messages through
 * first, honours its token before and after the work, and answers a failure with its fallback and one log line.
 */
export interface Guard {
  request<P, R>(
    name: string,
    fallback: R,
    handle: (params: P, token: CancellationToken) => Promise<R> | R,
  ): GuardedHandler<P, R>;
  /** For what has consequences: it begins unless it was cancelled before, and then always tells what came of it. */
  action<P, R>(
    name: string,
    fallback: R,
    handle: (params: P, token: CancellationToken) => Promise<R>,
  ): GuardedHandler<P, R>;
  /** For work that nobody waits for. `subject` is the uri that it is about, or empty. */
  task(name: string, subject: string, run: () => Promise<void> | void): Promise<void>;
}

/** Makes the wrappers of handlers; see `Guard`. */
export function createGuard(timers: Timers, log: Log, noteRequest: () => void): Guard {
  const action: Guard['action'] = (name, fallback, handle) => async (params, token) => {
    // Of a request without parameters the token is the first argument.
    if (token === undefined) {
      return new ResponseError(ErrorCodes.InvalidParams, `${name} has parameters.`);
    }
    noteRequest();
    await timers.pause();
    if (token.isCancellationRequested) {
      return cancelled();
    }
    try {
      return await handle(params, token);
    } catch (error) {
      log(failureLine(name, subjectOf(params), error));
      return fallback;
    }
  };
  return {
    action,
    request: (name, fallback, handle) => {
      const run = action(name, fallback, async (params: Parameters<typeof handle>[0], token) =>
        handle(params, token),
      );
      return async (params, token) => {
        const result = await run(params, token);
        return token?.isCancellationRequested === true ? cancelled() : result;
      };
    },
    task: async (name, subject, run) => {
      try {
        await run();
      } catch (error) {
        log(failureLine(name, subject, error));
      }
    },
  };
}

/** The log line of a failure: handler, uri, and where it was thrown, without line breaks. */
export function failureLine(name: string, subject: string, error: unknown): string {
  const [message = '', place = ''] = (
    error instanceof Error ? (error.stack ?? error.message) : String(error)
  ).split('\n');
  return [`${name} failed`, subject, message, place.trim()].filter((part) => part !== '').join(' | ');
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

function subjectOf(params: unknown): string {
  const { textDocument, uri } = (params ?? {}) as { textDocument?: { uri?: unknown }; uri?: unknown };
  return String(textDocument?.uri ?? uri ?? '');
}
