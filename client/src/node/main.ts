import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateClient, type Deactivate } from '../client';
import { compiledCodeFolder } from './compiledCode';

let stop: Deactivate | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const { globalStorageUri: storage, extension } = context;
  const NODE_COMPILE_CACHE = compiledCodeFolder(storage.fsPath, String(extension.packageJSON.version));
  const run = { ...server, options: { env: { NODE_COMPILE_CACHE } } };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  stop = activateClient(
    context,
    (id, name, options) => new LanguageClient(id, name, { run, debug }, options),
    'node',
  );
}

export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
