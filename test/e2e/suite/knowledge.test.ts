import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import {
  closeEverything,
  hoverAt,
  openDocument,
  openText,
  positionOf,
  ruleOf,
  waitForDiagnostics,
  waitForText,
} from '../support';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

describe('the routes of the workspace', () => {
  afterEach(closeEverything);

  it('are shown in hover, those that a pattern matches and those that it does not', async () => {
    const document = await openText(policy('GET/pets*'), 'json');
    const text = await hoverAt(document, positionOf(document, 'pets*', 1));
    assert.match(
      text,
      /matches 2 of the 6 routes of \[`petstore\.yaml`\]\((?:file|vscode-remote):[^)]*petstore\.yaml\)/,
    );
    assert.match(text, /: \[`GET \/pets`\]\((?:file|vscode-remote):[^)]*#L18\), .*; not .*`POST \/pets`/);
  });

  it('are where a path leads to', async () => {
    const document = await openText(policy('POST/pets'), 'json');
    const at = positionOf(document, '/pets', 2);
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('editor.action.revealDefinition');
    const shown = vscode.window.activeTextEditor ?? assert.fail();
    assert.match(shown.document.uri.path, /petstore\.yaml$/);
    assert.equal(
      shown.document.getText(shown.document.getWordRangeAtPosition(shown.selection.active)),
      'post',
    );
  });

  it('hold a policy to them, as they are after the last save', async () => {
    const document = await openText(policy('GET/pest'), 'json');
    const [finding, ...more] = await waitForDiagnostics(document.uri, (all) => all.length > 0);
    assert.deepEqual(more, []);
    assert.ok(finding);
    assert.equal(ruleOf(finding), 'execute-api-route-unknown');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(document.getText(finding.range), 'pest');

    const definition = await openDocument('petstore.yaml');
    const rename = new vscode.WorkspaceEdit();
    rename.insert(definition.uri, positionOf(definition, '  /metered:'), '  /pest:\n    get: {}\n');
    await vscode.workspace.applyEdit(rename);
    await definition.save();
    await waitForDiagnostics(document.uri, (all) => all.length === 0);

    await vscode.window.showTextDocument(definition);
    await vscode.commands.executeCommand('undo');
    await waitForText(definition, (text) => !text.includes('/pest:'));
    await definition.save();
    await waitForDiagnostics(document.uri, (all) => all.length === 1);
  });
});

function policy(request: string): string {
  const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${API}/prod/${request}` };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
}
