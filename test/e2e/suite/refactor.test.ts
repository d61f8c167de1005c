import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, openText, positionOf, waitForActivation, waitForText } from '../support';

describe('refactoring a policy', () => {
  afterEach(closeEverything);

  it('expands the wildcard under the cursor', async () => {
    const document = await openText(policy('"execute-api:*"'), 'json');
    await putCursor(document, 'execute-api:*');
    const { edit } = await waitForOffer(document, 'refactor.rewrite.iamPolicy.expandWildcard');
    assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
    const text = await waitForText(document, (now) => !now.includes('execute-api:*'));
    const { Statement } = JSON.parse(text) as { Statement: readonly { Action: unknown }[] };
    assert.deepEqual(Statement[0]?.Action, [
      'execute-api:InvalidateCache',
      'execute-api:Invoke',
      'execute-api:ManageConnections',
    ]);
  });

  it('minifies and prettifies from the palette', async () => {
    const before = policy('"execute-api:Invoke"');
    const document = await openText(before, 'json');
    await putCursor(document, 'Effect');
    await vscode.commands.executeCommand('iamPolicy.minify');
    await waitForText(document, (now) => now === JSON.stringify(JSON.parse(before)));
    await vscode.commands.executeCommand('iamPolicy.prettify');
    await waitForText(document, (now) => now === before);
  });

  it('sorts on save where the settings ask for it', async () => {
    await waitForActivation();
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'sorted-on-save.json');
    const settings = vscode.workspace.getConfiguration('editor');
    const sorted = policy('["execute-api:InvalidateCache", "execute-api:Invoke"]');
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(policy('["execute-api:Invoke", "execute-api:InvalidateCache"]')),
    );
    try {
      await settings.update('codeActionsOnSave', { 'source.sort.iamPolicy': 'explicit' }, true);
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document);
      await waitForOffer(document, 'source.sort.iamPolicy');
      await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), '\n'));
      await document.save();
      assert.equal(document.getText(), `${sorted}\n`);
    } finally {
      await settings.update('codeActionsOnSave', undefined, true);
      await closeEverything();
      await vscode.workspace.fs.delete(uri);
    }
  });
});

function policy(action: string): string {
  return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ${action},
      "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets"
    }
  ]
}`;
}

async function putCursor(document: vscode.TextDocument, text: string): Promise<void> {
  const position = positionOf(document, text, 1);
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(position, position);
}

/** The first question is answered when the server is up: a person's lamp would have been there by then. */
async function waitForOffer(document: vscode.TextDocument, kind: string): Promise<vscode.CodeAction> {
  await waitForActivation();
  const range = vscode.window.activeTextEditor?.selection ?? new vscode.Range(0, 0, 0, 0);
  const offers = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind,
    1,
  );
  const [offer] = offers;
  assert.deepEqual(
    offers.map((each) => each.kind?.value),
    [kind],
  );
  assert.ok(offer);
  return offer;
}
