import * as vscode from 'vscode';
import type { ClientContext } from '../context';

/** Registers "Restart Language Server". */
export function registerRestartServer(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.restartServer', async () => {
    const { client, output } = context;
    output.info('Restarting the language server.');
    // One that has ended cannot be stopped.
    if (client.isRunning()) {
      await client.stop();
    }
    await client.start();
  });
}
