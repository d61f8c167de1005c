import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { skip } from '../../support/skip';
import { closeEverything, extension, openDocument, waitForActivation, waitForDiagnostics } from '../support';

// The suites share a window, and nothing stops a server again: this runs before all others.
describe('activation', () => {
  after(closeEverything);

  it('is for JSON files, of which those that hold no policy start no server', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows lists its processes in another way');
    }
    // A file, because a document that is not written yet begins empty, and might become a policy.
    const plain = await openDocument('package.json', '{ "name": "x", "scripts": { "test": "mocha" } }');
    await waitForActivation();
    assert.equal(extension().isActive, true);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(plain.uri, new vscode.Position(0, 14), '"version": "1.0.0", ');
    await vscode.workspace.applyEdit(edit);
    // Whatever answers has had its turn by then.
    await vscode.commands.executeCommand('vscode.executeHoverProvider', plain.uri, new vscode.Position(0, 3));
    assert.deepEqual(serverProcesses(), []);
    assert.deepEqual(loadedLibraries(), []);

    const policy = await openDocument('broken.json');
    await waitForDiagnostics(policy.uri, (all) => all.length > 0);
    assert.equal(serverProcesses().length, 1);
    assert.equal(loadedLibraries().length, 1);
  });

  it('has every command that the manifest names, and names every command it has', async () => {
    await openDocument('broken.json');
    await waitForActivation();
    const { commands } = extension().packageJSON.contributes as {
      readonly commands: readonly { readonly command: string }[];
    };
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      registered.filter((command) => /^(?:iamPolicy|apiGateway)\./.test(command)).sort(),
      [...commands.map(({ command }) => command), ...INTERNAL_COMMANDS].sort(),
    );
  });
});

/** What only light bulbs and accepted completions run; nobody asks for these by name. */
const INTERNAL_COMMANDS = [
  'iamPolicy.suppress',
  'iamPolicy.openAsTerraform',
  'iamPolicy.completeAtStops',
  'iamPolicy.listActions',
  'iamPolicy.openRulePage',
  'iamPolicy.turnRuleOff',
  'iamPolicy.setRuleSeverity',
  'iamPolicy.takeStep',
];

/** The files of the library of language clients that this extension host has loaded: most of the time of an activation. */
function loadedLibraries(): readonly string[] {
  return Object.keys(require.cache).filter((file) => /chunks[\\/]languageClient-/.test(file));
}

/** The command lines of the language servers that the extensions of this window have started. */
function serverProcesses(): readonly string[] {
  return execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => Number.parseInt(line, 10) === process.pid && line.includes('dist/server.js'));
}
