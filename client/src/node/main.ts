import type * as vscode from 'vscode';
import { activateClient, type Deactivate } from '../client';
import { createLanguageClient } from './languageClient';

let stop: Deactivate | undefined;

/** Called by VS Code on the desktop when the extension is activated: the server runs in a Node process. */
export function activate(context: vscode.ExtensionContext): void {
  stop = activateClient(context, (...client) => createLanguageClient(context, ...client), 'node');
}

/** Called by VS Code when the extension is deactivated; resolves when the server has stopped. */
export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
