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

  it('is written by the quick fix, asks for the reason, and takes the finding away once it is there', async () => {
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
    assert.ok(action?.edit, `no "${title}" among: ${actions.map((each) => each.title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(action.edit));

    const config = await vscode.workspace.openTextDocument(configUri());
    assert.equal(config.languageId, 'jsonc');
    await vscode.window.showTextDocument(config);
    const [missing] = await waitForDiagnostics(config.uri, has('suppression-reason-missing'));
    assert.ok(missing);
    assert.equal(config.getText(missing.range), '""');
    assert.ok(has('execute-api-method-case')(vscode.languages.getDiagnostics(policy.uri)));

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
