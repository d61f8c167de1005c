import type * as vscode from 'vscode';
import { activateClient, type Deactivate } from '../client';
import { createLanguageClient } from './languageClient';

let stop: Deactivate | undefined;

export function activate(context: vscode.ExtensionContext): void {
  stop = activateClient(context, (...client) => createLanguageClient(context, ...client), 'node');
}

export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
