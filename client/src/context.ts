import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { RequestName, Requests } from '../../server/src/protocol/messages';

/** What commands and views share for as long as the extension is active. */
export interface ClientContext {
  readonly extension: vscode.ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly output: vscode.LogOutputChannel;
  /** A browser has no credentials, no processes and no network but what its pages may reach. */
  readonly host: 'node' | 'browser';
}

/** Sends one of our requests with the types that the protocol gives it. Rejects when the server is not running. */
export function request<M extends RequestName>(
  { client }: Pick<ClientContext, 'client'>,
  method: M,
  params: Requests[M]['params'],
  token?: vscode.CancellationToken,
): Promise<Requests[M]['result']> {
  // An absent token passed on as `undefined` would count as a second parameter.
  return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
}
