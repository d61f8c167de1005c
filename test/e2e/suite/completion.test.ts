import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { acceptSuggestion, closeEverything, openText, positionOf, type, waitForText } from '../support';

const FIRST = `{
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "*"
    }`;

describe('completing a policy', () => {
  afterEach(closeEverything);

  /** A policy whose second statement is this one, with the cursor at the `|`. */
  async function openStatement(statement: string): Promise<vscode.TextDocument> {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [
    ${FIRST},
    ${statement}
  ]
}
`;
    const document = await openText(text.replace('|', ''), 'json');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const cursor = document.positionAt(text.indexOf('|'));
    editor.selection = new vscode.Selection(cursor, cursor);
    return document;
  }

  it('writes a statement with little more than its first letters', async () => {
    const document = await openStatement('{ | }');
    await type('NotA');
    await acceptSuggestion(document);
    await waitForText(document, (text) => text.includes('{ "NotAction": "" }'));
    await type('s3:getobj');
    await acceptSuggestion(document);
    await waitForText(document, (text) => text.includes('{ "NotAction": "s3:GetObject" }'));
  });

  it('begins a policy in a document with nothing in it yet', async () => {
    const document = await openText('{\n  \n}\n', 'json');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 2, 1, 2);
    await type('"Ver');
    await acceptSuggestion(document);
    await waitForText(document, (text) => text === '{\n  "Version": "2012-10-17"\n}\n');
  });

  it('changes an action with the cursor anywhere in it', async () => {
    const document = await openStatement('{ "Action": "s3:PutOb|Acl" }');
    await type('j');
    await acceptSuggestion(document);
    await waitForText(document, (text) => text.includes('{ "Action": "s3:PutObject" }'));
  });

  it('adds the comma that is missing', async () => {
    const document = await openStatement('{\n      "Effect": "Deny"\n      |\n    }');
    await type('"Resou');
    await acceptSuggestion(document);
    await waitForText(document, (text) => text.includes('"Effect": "Deny",\n      "Resource": ""'));
  });

  it('shows nothing twice, though VS Code proposes words of the document too', async () => {
    for (const [statement, wanted] of [
      ['{ "|" }', 'Action'],
      ['{ | }', 'Action'],
      ['{ "Effect": "|" }', 'Deny'],
      ['{ "Action": "|" }', 's3:'],
      ['{ "Action": ["s3:|"] }', 's3:GetObject'],
    ] as const) {
      const document = await openStatement(statement);
      const position = vscode.window.activeTextEditor?.selection.active ?? positionOf(document, statement);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const labels = list.items.map(({ label }) =>
        (typeof label === 'string' ? label : label.label).replaceAll('"', ''),
      );
      assert.deepEqual(
        labels.filter((label, index) => labels.indexOf(label) !== index),
        [],
        statement,
      );
      assert.ok(labels.includes(wanted), labels.join(', '));
      await closeEverything();
    }
  });
});
