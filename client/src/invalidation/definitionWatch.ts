import * as vscode from 'vscode';
import { isApiDefinition } from './start';

/** Keeps the context key that shows our commands where the active editor has the definition of an API. */
export function watchDefinitions(): vscode.Disposable {
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    void vscode.commands.executeCommand(
      'setContext',
      'apiGateway.isApiDefinition',
      document !== undefined && isApiDefinition(document),
    );
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidSaveTextDocument(look),
  );
}
