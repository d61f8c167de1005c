import * as vscode from 'vscode';
import type { ClientContext } from '../context';

/** Registers "Show Output". */
export function registerShowOutput({ output }: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.showOutput', () => output.show());
}
