import * as vscode from 'vscode';
import type { ClientRequests } from '../../server/src/protocol/messages';
import type { ClientContext } from './context';

type Find = ClientRequests['iamPolicy/findFiles'];
type Read = ClientRequests['iamPolicy/readFile'];

/** Lets the server see the files of the workspace as VS Code sees them: wherever they lie, less what is excluded. */
export function answerFileQuestions({ client }: Pick<ClientContext, 'client'>): vscode.Disposable {
  const find: keyof ClientRequests = 'iamPolicy/findFiles';
  const read: keyof ClientRequests = 'iamPolicy/readFile';
  return vscode.Disposable.from(
    client.onRequest(find, async (params: Find['params'], token): Promise<Find['result']> => {
      const { endings, excludedFolders, limit } = params;
      const searched = vscode.workspace.findFiles(
        `**/*{${endings.join(',')}}`,
        `**/{${excludedFolders.join(',')}}/**`,
        limit,
        token,
      );
      const uris = await (isVirtual() ? Promise.race([searched, nothingInTime()]) : searched);
      return { uris: uris.map((uri) => client.code2ProtocolConverter.asUri(uri)) };
    }),
    client.onRequest(read, async ({ uri, maxLength }: Read['params']): Promise<Read['result']> => {
      const file = client.protocol2CodeConverter.asUri(uri);
      try {
        const { size } = await vscode.workspace.fs.stat(file);
        return size > maxLength
          ? {}
          : { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) };
      } catch {
        // Gone since it was found, or not to be read: either way it tells nothing.
        return {};
      }
    }),
  );
}

function isVirtual(): boolean {
  return vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme !== 'file') === true;
}

/** Where nobody can search through the files of a scheme, VS Code waits for somebody to come who can. */
function nothingInTime(): Promise<readonly vscode.Uri[]> {
  return new Promise((resolve) => setTimeout(() => resolve([]), SEARCH_MS));
}

const SEARCH_MS = 3000;
