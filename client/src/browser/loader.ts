import * as vscode from 'vscode';
import type { Deactivate } from '../client';
import type { WebClient } from './main';
import { asScript } from './script';

/**
 * The files in dist that the client and the server consist of, the one with the entry first; written by the bundler.
 */
declare const CLIENT_FILES: readonly string[];
declare const SERVER_FILES: readonly string[];

let stop: Deactivate | undefined;

/**
 * What VS Code loads in a browser. It can load one file only, while the client and the server stand in several, which
 * they share with the programs for Node: each is put together here. Rejects where a file cannot be read.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = new Function('require', `return ${await readScript(context, CLIENT_FILES)}`);
  const { activateInBrowser } = script((name: string): unknown => {
    if (name !== 'vscode') {
      throw new Error(`There is no module ${name} in a browser.`);
    }
    return vscode;
  }) as WebClient;
  stop = activateInBrowser(context, async () => {
    const server = `const require = undefined;\n${await readScript(context, SERVER_FILES)}.serveWorker();`;
    // Of a script at another address no worker can be made.
    return new Worker(URL.createObjectURL(new Blob([server], { type: 'text/javascript' })));
  });
}

/** Called by VS Code when the extension is deactivated; resolves when the server has stopped. */
export function deactivate(): Promise<void> | undefined {
  return stop?.();
}

async function readScript(
  { extensionUri }: vscode.ExtensionContext,
  names: readonly string[],
): Promise<string> {
  const files = await Promise.all(
    names.map(async (name) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
      return { name, text: new TextDecoder().decode(bytes) };
    }),
  );
  return asScript(files);
}
