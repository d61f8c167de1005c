import * as vscode from 'vscode';
import type { TextPosition } from '../../../server/src/protocol/text';
import { rangeOf } from '../allows/list';
import { type ClientContext, request } from '../context';
import { INVALIDATE, readTemplates, snippetOf } from '../templates';

/** The document and place; where the cursor is when left out. */
export interface InsertStatementArguments {
  readonly uri?: string;
  readonly position?: TextPosition;
}

/** Registers "Insert InvalidateCache Statement". */
export function registerInsertInvalidateCacheStatement(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand(
    'iamPolicy.insertInvalidateCacheStatement',
    (args?: InsertStatementArguments) => insertStatement(context, args ?? {}),
  );
}

/** Resolves with whether the document has something now that it did not have. */
async function insertStatement(context: ClientContext, args: InsertStatementArguments): Promise<boolean> {
  const editor =
    args.uri === undefined
      ? vscode.window.activeTextEditor
      : await vscode.window.showTextDocument(vscode.Uri.parse(args.uri));
  if (editor === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open the policy that the statement should go into first.'),
    );
    return false;
  }
  const { document } = editor;
  if (document.getText().trim() === '') {
    const { [INVALIDATE]: template } = await readTemplates(context);
    return template !== undefined && editor.insertSnippet(snippetOf(template), wholeOf(document));
  }
  const { version } = document;
  const { edits } = await request(context, 'iamPolicy/insertInvalidateCache', {
    uri: context.client.code2ProtocolConverter.asUri(document.uri),
    position: args.position ?? editor.selection.active,
  });
  if (edits.length === 0) {
    const uri = context.client.code2ProtocolConverter.asUri(document.uri);
    const { policies } = await request(context, 'iamPolicy/policyTypes', { uri });
    if (policies.length === 0) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('This document has no IAM policy to insert the statement into.'),
      );
      return false;
    }
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There is nothing to insert here: the policy allows execute-api:InvalidateCache already, or it grants no execute-api:Invoke.',
      ),
    );
    return false;
  }
  // The edits were made for this version; a keystroke in between makes them wrong.
  if (document.version !== version) {
    return false;
  }
  const change = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    change.replace(document.uri, rangeOf({ range }), newText);
  }
  return vscode.workspace.applyEdit(change);
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
}
