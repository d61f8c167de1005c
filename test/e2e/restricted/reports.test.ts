import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, openDocument, waitForActivation, waitForTab } from '../support';

describe('reports in a workspace that is not trusted', () => {
  after(closeEverything);

  it('are shown, and their command knows nothing that nobody put there', async () => {
    await openDocument('petstore-invoke.json');
    await waitForActivation();
    await vscode.commands.executeCommand('iamPolicy.explainArn', {
      arn: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    });
    assert.ok((await waitForTab('ARN Explained')).input instanceof vscode.TabInputWebview);
    for (const name of ['retry', '', undefined, { toString: 'retry' }, 'constructor']) {
      assert.equal(await vscode.commands.executeCommand('iamPolicy.takeStep', name), undefined);
    }
  });
});
