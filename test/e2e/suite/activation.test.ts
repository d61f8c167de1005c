import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, extension, openDocument, waitForActivation } from '../support';

describe('activation', () => {
  after(closeEverything);

  it('starts when a JSON file is opened', async () => {
    const document = await openDocument('seed.json');
    assert.equal(document.languageId, 'json');
    await waitForActivation();
    assert.equal(extension().isActive, true);
  });

  it('has every command that the manifest names, and names every command it has', async () => {
    const { commands } = extension().packageJSON.contributes as {
      readonly commands: readonly { readonly command: string }[];
    };
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      registered.filter((command) => /^(?:iamPolicy|apiGateway)\./.test(command)).sort(),
      commands.map(({ command }) => command).sort(),
    );
  });
});
