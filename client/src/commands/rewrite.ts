import * as vscode from 'vscode';

/** The code actions that are also commands, since they are about the policy as a whole. */
const KINDS: Readonly<Record<string, string>> = {
  'iamPolicy.sort': 'source.sort.iamPolicy',
  'iamPolicy.minify': 'refactor.rewrite.iamPolicy.minify',
  'iamPolicy.prettify': 'refactor.rewrite.iamPolicy.prettify',
};

/** Each runs on the policy at the cursor; VS Code says so where there is nothing to do. */
export function registerRewriteCommands(): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(KINDS).map(([command, kind]) =>
      vscode.commands.registerCommand(command, () =>
        vscode.commands.executeCommand('editor.action.codeAction', { kind, apply: 'first' }),
      ),
    ),
  );
}
