import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { RequestName, Requests } from '../../server/src/protocol/messages';

/** What commands and views share for as long as the extension is active. */
export interface ClientContext {
  readonly extension: vscode.ExtensionContext;
  /**
   * Made, not started, when it is first asked for. Its library takes most of the time of an activation, and most JSON files
   * that activate the extension hold no policy.
   */
  readonly client: BaseLanguageClient;
  /** The client if it was asked for before. */
  readonly madeClient: BaseLanguageClient | undefined;
  /** Does something with the client once it is made; what that returns ends with what is returned here. */
  whenClientIsMade(use: (client: BaseLanguageClient) => vscode.Disposable): vscode.Disposable;
  readonly output: vscode.LogOutputChannel;
  /** A browser has no credentials, no processes and no network but what its pages may reach. */
  readonly host: 'node' | 'browser';
}

/** The context of an extension; `makeClient` is called when the client is first needed, and once. */
export function createClientContext(
  rest: Pick<ClientContext, 'extension' | 'output' | 'host'>,
  makeClient: () => BaseLanguageClient,
): ClientContext {
  let made: BaseLanguageClient | undefined;
  const uses = new Set<(client: BaseLanguageClient) => void>();
  return {
    ...rest,
    get client() {
      if (made === undefined) {
        made = makeClient();
        for (const use of uses) {
          use(made);
        }
        uses.clear();
      }
      return made;
    },
    get madeClient() {
      return made;
    },
    whenClientIsMade: (use) => {
      let used: vscode.Disposable | undefined;
      const useOnce = (client: BaseLanguageClient): void => {
        used = use(client);
      };
      if (made === undefined) {
        uses.add(useOnce);
      } else {
        useOnce(made);
      }
      return new vscode.Disposable(() => {
        uses.delete(useOnce);
        used?.dispose();
      });
    },
  };
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
