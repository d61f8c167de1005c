import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { WorkerStart } from '../../../server/src/protocol/worker';
import { activateClient, type Deactivate } from '../client';

let stop: Deactivate | undefined;

/** In VS Code in the browser: the same client, with the server in a worker. */
export function activate(context: vscode.ExtensionContext): void {
  stop = activateClient(
    context,
    (id, name, options) => new LanguageClient(id, name, () => startWorker(context), options),
  );
}

export function deactivate(): Promise<void> | undefined {
  return stop?.();
}

async function startWorker({ extension, extensionUri }: vscode.ExtensionContext): Promise<MessageTransports> {
  const file = (...path: readonly string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
  const worker = new Worker(file('dist', 'worker.js').toString(true));
  const reference = await readReference((name) => vscode.workspace.fs.readFile(file('server', 'data', name)));
  const start: WorkerStart = {
    server: file('dist', 'webserver.js').toString(true),
    version: String(extension.packageJSON.version ?? ''),
    ...(reference === undefined ? {} : { reference }),
  };
  worker.postMessage(start);
  // Not the worker itself: VS Code has another constructor of workers, and the library would not know it for one.
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** Without it the server checks what it can, and says so. */
async function readReference(
  read: (name: string) => PromiseLike<Uint8Array>,
): Promise<WorkerStart['reference']> {
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
