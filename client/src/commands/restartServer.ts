import * as vscode from 'vscode';
import type { ClientContext } from '../context';

export function registerRestartServer({ client, output }: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.restartServer', async () => {
    output.info('Restarting the language server.');
    // One that has ended cannot be stopped.
    if (client.isRunning()) {
      await client.stop();
    }
    await client.start();
  });
}
