import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { WorkerStart } from '../../../server/src/protocol/worker';
import { activateClient, type Deactivate } from '../client';

/** What the loader calls. */
export interface WebClient {
  activateInBrowser(context: vscode.ExtensionContext, makeWorker: () => Promise<Worker>): Deactivate;
}

/** The entry for VS Code in a browser: the same client, with the server in a worker, a new one at each start. */
export const activateInBrowser: WebClient['activateInBrowser'] = (context, makeWorker) =>
  activateClient(
    context,
    (id, name, options) =>
      new LanguageClient(
        id,
        name,
        async () => {
          const [worker, reference] = await Promise.all([makeWorker(), readReference(context)]);
          const start: WorkerStart = {
            version: String(context.extension.packageJSON.version ?? ''),
            ...(reference === undefined ? {} : { reference }),
          };
          worker.postMessage(start);
          // Not the worker itself: VS Code has another constructor of workers, and the library would not know it for one.
          return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        options,
      ),
    'browser',
  );

/** Without it the server checks what it can, and says so. */
async function readReference({ extensionUri }: vscode.ExtensionContext): Promise<WorkerStart['reference']> {
  const read = (name: string): PromiseLike<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'server', 'data', name));
  try {
    const [index, facts, prose] = await Promise.all([
      read('index.json'),
      read('facts.jsonl'),
      read('prose.jsonl'),
    ]);
    return { index, facts, prose };
  } catch {
    return undefined;
  }
}
