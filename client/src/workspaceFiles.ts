import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ClientRequests } from '../../server/src/protocol/messages';

type Find = ClientRequests['iamPolicy/findFiles'];
type Read = ClientRequests['iamPolicy/readFile'];

/** Lets the server see the files of the workspace as VS Code sees them: wherever they lie, less what is excluded. */
export function answerFileQuestions(client: BaseLanguageClient): vscode.Disposable {
  const find: keyof ClientRequests = 'iamPolicy/findFiles';
  const read: keyof ClientRequests = 'iamPolicy/readFile';
  return vscode.Disposable.from(
    client.onRequest(find, async (params: Find['params'], token): Promise<Find['result']> => {
      const folders =
        params.folder === undefined
          ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)
          : [client.protocol2CodeConverter.asUri(params.folder)];
      const found = await Promise.all(folders.map((folder) => filesBelow(folder, params, token)));
      // Folders of a workspace may lie in each other.
      const uris = new Set(found.flat().map((uri) => client.code2ProtocolConverter.asUri(uri)));
      return { uris: [...uris].slice(0, params.limit) };
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

/**
 * Folder by folder, since VS Code leaves out those that nobody can search through where it finds files in others. For one
 * such folder alone it waits for somebody to come who can; after a while it is looked through here.
 */
async function filesBelow(
  folder: vscode.Uri,
  params: Find['params'],
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const { endings, excludedFolders, limit } = params;
  const searched = vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, `**/*{${endings.join(',')}}`),
    `**/{${excludedFolders.join(',')}}/**`,
    limit,
    token,
  );
  return folder.scheme === 'file'
    ? searched
    : Promise.race([searched, afterAWhile().then(() => lookThrough(folder, params, token))]);
}

function afterAWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SEARCH_MS));
}

const SEARCH_MS = 1500;

/** More folders than this are not looked into: each may be a request to another machine. */
const MAX_FOLDERS = 200;

/** Folder by folder, those near the top first. Links are not followed, and a folder that cannot be read is empty. */
async function lookThrough(
  root: vscode.Uri,
  { endings, excludedFolders, limit }: Find['params'],
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const waiting = [root];
  for (let next = 0; next < Math.min(waiting.length, MAX_FOLDERS); next += 1) {
    const folder = waiting[next];
    if (folder === undefined || found.length >= limit || token.isCancellationRequested) {
      break;
    }
    for (const [name, type] of await entriesOf(folder)) {
      if (type === vscode.FileType.Directory && !excludedFolders.includes(name)) {
        waiting.push(vscode.Uri.joinPath(folder, name));
      } else if (type === vscode.FileType.File && endings.some((ending) => name.endsWith(ending))) {
        found.push(vscode.Uri.joinPath(folder, name));
      }
    }
  }
  return found.slice(0, limit);
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).sort(([a], [b]) => (a < b ? -1 : 1));
  } catch {
    return [];
  }
}
