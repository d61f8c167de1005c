import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateClient, type Deactivate } from '../client';

let stop: Deactivate | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  stop = activateClient(
    context,
    (id, name, options) => new LanguageClient(id, name, { run: server, debug }, options),
    'node',
  );
}

export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
