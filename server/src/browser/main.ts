import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { type IamDataAssets, linesOf } from '../core/index';
import { startServer } from '../lsp/server';
import type { WorkerStart } from '../protocol/worker';

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;

/** Serves in a worker of a browser, once the client has told what it has read for it. */
export function serveWorker(): void {
  worker.onmessage = ({ data }: MessageEvent<WorkerStart>) => {
    worker.onmessage = null;
    serve(data);
  };
}

/**
 * Files are read by the client (`InitializationOptions.workspaceFiles`), which shows the pages of rules too. Without a
 * gateway nothing can be sent, and the requests of an invalidation say why: see `noGateway`.
 */
function serve(start: WorkerStart): void {
  const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
  startServer(connection, {
    name: 'iam-policy-tools',
    version: start.version,
    iamDataAssets: () => assetsOf(start),
    timers: {
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
      now: () => performance.now(),
    },
    rulePage: () => undefined,
  });
}

/**
 * The texts are decoded when they are first asked for. Those with lines are ASCII, so offsets in bytes and in
 * characters are the same.
 */
function assetsOf({ reference }: WorkerStart): IamDataAssets | undefined {
  return reference === undefined
    ? undefined
    : {
        index: new TextDecoder().decode(reference.index),
        facts: linesOf(() => new TextDecoder('latin1').decode(reference.facts)),
        prose: linesOf(() => new TextDecoder('latin1').decode(reference.prose)),
      };
}
