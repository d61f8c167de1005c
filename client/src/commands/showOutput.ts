import * as vscode from 'vscode';
import type { ClientContext } from '../context';

export function registerShowOutput({ output }: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.showOutput', () => output.show());
}
