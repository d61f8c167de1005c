import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateClient, type Deactivate } from '../client';

let stop: Deactivate | undefined;

/** The seam for VS Code in the browser: the same client, with the server in a worker. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist/browserServer.js');
  const worker = new Worker(script.toString(true));
  stop = activateClient(context, (id, name, options) => new LanguageClient(id, name, worker, options));
}

export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
