import type { Connection } from 'vscode-languageserver';
import type { ServerHost } from '../lsp/host';
import { startServer } from '../lsp/server';

/**
 * The seam for a browser worker: an entry makes the connection from the worker's message port and hands in what it
 * fetched. Without a gateway nothing can be sent, and the invalidation requests say so.
 */
export function serveWorker(
  connection: Connection,
  assets: Pick<ServerHost, 'version' | 'iamDataAssets'>,
): void {
  startServer(connection, {
    ...assets,
    name: 'iam-policy-tools',
    timers: {
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    },
    rulePage: () => undefined,
  });
}
