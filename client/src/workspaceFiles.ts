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
      const { endings, excludedFolders, limit, folder } = params;
      const below = folder === undefined ? undefined : client.protocol2CodeConverter.asUri(folder);
      const pattern = `**/*{${endings.join(',')}}`;
      const searched = vscode.workspace.findFiles(
        below === undefined ? pattern : new vscode.RelativePattern(below, pattern),
        `**/{${excludedFolders.join(',')}}/**`,
        limit,
        token,
      );
      const folders = below === undefined ? folderUris() : [below];
      const uris = await (folders.every(({ scheme }) => scheme === 'file')
        ? searched
        : Promise.race([searched, afterAWhile().then(() => lookThrough(folders, params, token))]));
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

function folderUris(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

/** Where nobody can search through the files of a scheme, VS Code waits for somebody to come who can. */
function afterAWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SEARCH_MS));
}

const SEARCH_MS = 1500;

/** More folders than this are not looked into: each may be a request to another machine. */
const MAX_FOLDERS = 200;

/** Folder by folder, those near the top first. Links are not followed, and a folder that cannot be read is empty. */
async function lookThrough(
  folders: readonly vscode.Uri[],
  { endings, excludedFolders, limit }: Find['params'],
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const waiting = [...folders];
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
