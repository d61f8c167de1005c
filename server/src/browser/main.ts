import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { IamDataAssets } from '../core/index';
import { startServer } from '../lsp/server';
import type { WorkerStart } from '../protocol/worker';

/**
 * Serves in a worker of a browser, once the client has told what it has read for it.
 *
 * Without a gateway nothing can be sent, and the invalidation requests say so: hosts of API Gateway let no page call them.
 */
export function serveWorker(start: WorkerStart): void {
  const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
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
    },
    // The client shows the pages: see `InitializationOptions.rulePages`.
    rulePage: () => undefined,
  });
}

/** The texts are made of the bytes when they are first asked for. */
function assetsOf({ reference }: WorkerStart): IamDataAssets | undefined {
  if (reference === undefined) {
    return undefined;
  }
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return {
    index: text(reference.index),
    facts: () => text(reference.facts),
    prose: () => text(reference.prose),
  };
}
