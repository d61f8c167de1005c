import * as vscode from 'vscode';
import type { Grant } from '../../../server/src/protocol/allows';
import type { ClientContext } from '../context';
import { rangeOf, uriOf } from './list';

const SCHEME = 'iam-policy-preview';

/** Shows what a change would make of the policies, beside what they are, and makes it when the user says so. */
export async function previewGrant(context: ClientContext, grant: Grant): Promise<void> {
  const changes = await Promise.all(
    grant.changes.map(async (change) => ({
      change,
      document: await vscode.workspace.openTextDocument(uriOf(context, change)),
    })),
  );
  // The change was made for these versions; a keystroke in between makes it wrong.
  const isStale = () => changes.some(({ change, document }) => document.version !== change.version);
  if (isStale()) {
    await tellStale();
    return;
  }
  const previews = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => previews.get(uri.toString()) ?? '',
  });
  for (const { change, document } of changes) {
    const uri = document.uri.with({ scheme: SCHEME, query: String(document.version) });
    previews.set(uri.toString(), textAfter(document, change.edits));
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, grant.title, { preview: true });
  }
  const apply = vscode.l10n.t('Apply this change');
  const picked = await vscode.window.showQuickPick(
    [{ label: apply }, { label: vscode.l10n.t('Leave the policy as it is') }],
    {
      title: grant.title,
      placeHolder: grant.note ?? vscode.l10n.t('The change is shown in the editor.'),
      ignoreFocusOut: true,
    },
  );
  await closePreviews(previews);
  provider.dispose();
  if (picked?.label !== apply) {
    return;
  }
  if (isStale()) {
    await tellStale();
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { change, document } of changes) {
    for (const { range, newText } of change.edits) {
      edit.replace(document.uri, rangeOf({ range }), newText);
    }
  }
  await vscode.workspace.applyEdit(edit);
}

function tellStale(): Thenable<unknown> {
  return vscode.window.showInformationMessage(
    vscode.l10n.t('The policy has changed meanwhile. Ask again for the change that fits it now.'),
  );
}

function textAfter(document: vscode.TextDocument, edits: Grant['changes'][number]['edits']): string {
  const ordered = edits
    .map(({ range, newText }) => ({ range: rangeOf({ range }), newText }))
    .sort((a, b) => b.range.start.compareTo(a.range.start));
  return ordered.reduce(
    (text, { range, newText }) =>
      text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
    document.getText(),
  );
}

async function closePreviews(previews: ReadonlyMap<string, string>): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && previews.has(input.modified.toString()),
    ),
  );
}
