import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import {
  closeEverything,
  openDocument,
  positionOf,
  ruleOf,
  waitForDiagnostics,
  waitForText,
} from '../support';

describe('a configuration file', () => {
  const configUri = () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'no folder is open');
    return vscode.Uri.joinPath(folder.uri, '.iam-policy.json');
  };
  afterEach(async () => {
    await closeEverything();
    await vscode.workspace.fs.delete(configUri()).then(undefined, () => undefined);
  });

  it('takes a finding away once it suppresses it, and needs a reason for it', async () => {
    const policy = await openDocument('broken.json');
    const has = (rule: string) => (all: readonly vscode.Diagnostic[]) =>
      all.some((each) => ruleOf(each) === rule);
    await waitForDiagnostics(policy.uri, has('execute-api-method-case'));
    const at = positionOf(policy, '/get/', 2);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      policy.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.QuickFix.value,
      20,
    );
    const title = 'Suppress execute-api-method-case for this statement in .iam-policy.json…';
    const action = actions.find((each) => each.title === title);
    assert.equal(
      action?.command?.command,
      'iamPolicy.suppress',
      actions.map((each) => each.title).join(', '),
    );
    // It asks for the reason, which is for a test of keys.
    const entry = { rule: 'execute-api-method-case', files: 'broken.json', sid: 'read pets', reason: '' };
    const text = JSON.stringify({ suppressions: [entry] }, undefined, 2);
    await vscode.workspace.fs.writeFile(configUri(), new TextEncoder().encode(text));

    const config = await vscode.workspace.openTextDocument(configUri());
    assert.equal(config.languageId, 'jsonc');
    // Beside the policy, whose findings VS Code forgets once it is closed.
    await vscode.window.showTextDocument(config, vscode.ViewColumn.Beside);
    const [missing] = await waitForDiagnostics(config.uri, has('suppression-reason-missing'));
    assert.ok(missing);
    assert.equal(config.getText(missing.range), '""');
    await waitForDiagnostics(policy.uri, has('execute-api-method-case'));

    const edit = new vscode.WorkspaceEdit();
    edit.replace(config.uri, missing.range, '"The service behind it is called so."');
    await vscode.workspace.applyEdit(edit);
    await waitForText(config, (text) => text.includes('called so'));
    await waitForDiagnostics(config.uri, (all) => all.length === 0);
    await config.save();
    await vscode.window.showTextDocument(policy);
    await waitForDiagnostics(policy.uri, (all) => all.length > 0 && !has('execute-api-method-case')(all));
  });
});
