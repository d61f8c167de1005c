import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, openDocument, waitForActivation } from '../support';

describe('a workspace that is not trusted', () => {
  after(closeEverything);

  it('still gets the extension, which reads policies without running anything of the workspace', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await openDocument('seed.json');
    await waitForActivation();
  });
});
