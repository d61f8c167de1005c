import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, openDocument, waitForActivation } from '../support';

describe('invalidation in a workspace that is not trusted', () => {
  after(closeEverything);

  it('sends nothing, whatever it is called with', async () => {
    await openDocument('petstore-invoke.json');
    await waitForActivation();
    const result = await vscode.commands.executeCommand('apiGateway.invalidateCache', {
      arn: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
      identity: { kind: 'unsigned' },
      confirmed: true,
    });
    assert.equal(result, undefined);
  });

  for (const command of [
    'apiGateway.invalidateRoutes',
    'apiGateway.repeatLastInvalidation',
    'apiGateway.showStageCacheSettings',
    'apiGateway.flushStageCache',
  ]) {
    it(`neither does ${command}`, async () => {
      const result = await vscode.commands.executeCommand(command, {
        arn: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
        identity: { kind: 'default' },
        confirmed: true,
      });
      assert.equal(result, undefined);
    });
  }
});
