import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateClient, type Deactivate } from '../client';

/** The seam for VS Code in the browser: the same client, with the server in a worker. */
export function activate(context: vscode.ExtensionContext): Promise<Deactivate> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist/browserServer.js');
  const worker = new Worker(script.toString(true));
  return activateClient(context, (id, name, options) => new LanguageClient(id, name, worker, options));
}
