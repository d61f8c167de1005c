import * as vscode from 'vscode';
import type { ClientContext } from '../context';

/** The code actions that are also commands, since they are about the policy as a whole. */
const KINDS: Readonly<Record<string, string>> = {
  'iamPolicy.sort': 'source.sort.iamPolicy',
  'iamPolicy.minify': 'refactor.rewrite.iamPolicy.minify',
  'iamPolicy.prettify': 'refactor.rewrite.iamPolicy.prettify',
};

/** Each runs on the policy at the cursor, and says so where there is nothing to do. */
export function registerRewriteCommands(context: ClientContext): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(KINDS).map(([command, kind]) =>
      vscode.commands.registerCommand(command, () => rewrite(context, kind)),
    ),
  );
}

/**
 * Asks for the action and applies it, instead of leaving both to `editor.action.codeAction`: that forgets what it was told
 * when another extension registers its code actions while the answer is outstanding.
 */
async function rewrite(context: ClientContext, kind: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  await context.client.start();
  const { document } = editor;
  const { version } = document;
  const [action] = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    editor.selection,
    kind,
    1,
  );
  if (action?.edit === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to change here: the policy is in this form already, or there is none.'),
    );
    return;
  }
  // The edit was made for this version; a keystroke in between makes it wrong.
  if (document.version === version) {
    await vscode.workspace.applyEdit(action.edit);
  }
}
