import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { CreateClient } from '../client';
import { compiledCodeFolder } from './compiledCode';

/** The client of a server in a process of its own; not started. */
export function createLanguageClient(
  context: vscode.ExtensionContext,
  ...[id, name, options]: Parameters<CreateClient>
): BaseLanguageClient {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const { globalStorageUri: storage, extension } = context;
  const NODE_COMPILE_CACHE = compiledCodeFolder(storage.fsPath, String(extension.packageJSON.version));
  const run = { ...server, options: { env: { NODE_COMPILE_CACHE } } };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  return new LanguageClient(id, name, { run, debug }, options);
}
