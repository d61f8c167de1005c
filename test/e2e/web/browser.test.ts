import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, openDocument, waitForActivation } from '../support';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

describe('in a browser', () => {
  before(async () => {
    await openDocument('petstore-invoke.json');
    await waitForActivation();
  });
  afterEach(closeEverything);

  it('nothing is sent, and nothing is asked before that is said', async () => {
    for (const command of [
      'apiGateway.invalidateCache',
      'apiGateway.invalidateRoutes',
      'apiGateway.repeatLastInvalidation',
      'apiGateway.showStageCacheSettings',
      'apiGateway.showCacheMetrics',
      'apiGateway.flushStageCache',
    ]) {
      assert.equal(await vscode.commands.executeCommand(command, { arn: ARN }), undefined, command);
    }
  });

  it('a change is compared with the saved file', async () => {
    const document = await openDocument('petstore-invoke.json');
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
    edit.replace(document.uri, all, text.replace('"execute-api:Invoke"', '"execute-api:*"'));
    await vscode.workspace.applyEdit(edit);
    const report = await vscode.commands.executeCommand<string | undefined>(
      'iamPolicy.whatDoesThisChangeGrant',
      { uri: document.uri.toString(), against: 'saved' },
    );
    assert.match(report ?? '', /execute-api:InvalidateCache/);
  });
});
