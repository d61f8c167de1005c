import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import * as modules from 'node:module';
import * as vscode from 'vscode';
import { limit } from '../../support/patience';
import { skip } from '../../support/skip';
import { closeEverything, openText, ruleOf, waitForDiagnostics } from '../support';

const POLICY = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets',
    },
  },
  undefined,
  2,
);

const { flushCompileCache } = modules as { readonly flushCompileCache?: () => void };

/** On an idle machine, from the kill to the diagnostics of what was typed meanwhile. */
const BACK_MS = 2000;

describe('a language server that is killed', () => {
  afterEach(closeEverything);

  it('is back by itself, and knows what was typed meanwhile', async function () {
    if (process.platform !== 'linux') skip(this, 'processes are found by /proc, which only Linux has');
    const document = await openText(POLICY, 'json');
    await waitForDiagnostics(document.uri, (all) =>
      all.some((each) => ruleOf(each) === 'execute-api-method-case'),
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    for (const wrong of ['Post', 'delete']) {
      const before = serverProcess();
      process.kill(before, 'SIGKILL');
      const killed = performance.now();
      const start = document.getText().indexOf('/prod/') + '/prod/'.length;
      const end = document.getText().indexOf('/pets');
      await editor.edit((edit) =>
        edit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), wrong),
      );
      await waitForDiagnostics(document.uri, (all) =>
        all.some(
          (each) => ruleOf(each) === 'execute-api-method-case' && document.getText(each.range) === wrong,
        ),
      );
      const took = performance.now() - killed;
      assert.ok(took < limit(BACK_MS), `back after ${Math.round(took)} ms`);
      assert.notEqual(serverProcess(), before);
    }
  });
});

describe('a language server that is restarted', () => {
  afterEach(closeEverything);

  const isFound = (all: readonly vscode.Diagnostic[]): boolean =>
    all.some((each) => ruleOf(each) === 'execute-api-method-case');

  it('checks the documents that are open', async () => {
    const { uri } = await openText(POLICY, 'json');
    await waitForDiagnostics(uri, isFound);
    // Its findings go when the server ends.
    const gone = waitForDiagnostics(uri, (all) => all.length === 0);
    await vscode.commands.executeCommand('iamPolicy.restartServer');
    await gone;
    await waitForDiagnostics(uri, isFound);
  });

  it('finds what Node compiled of it the last time', async function () {
    if (process.platform !== 'linux') skip(this, 'processes are found by /proc, which only Linux has');
    if (flushCompileCache === undefined) skip(this, 'the Node of this VS Code keeps nothing');
    const { uri } = await openText(POLICY, 'json');
    await waitForDiagnostics(uri, isFound);
    const environment = readFileSync(`/proc/${serverProcess()}/environ`, 'utf8').split('\0');
    const folder = environment.find((each) => each.startsWith(`${CACHE}=`))?.slice(CACHE.length + 1) ?? '';
    assert.ok(folder.includes('globalStorage'), `what is compiled is kept in '${folder}'`);
    await vscode.commands.executeCommand('iamPolicy.restartServer');
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    assert.ok(kept.length > 5, `${kept.length} files in ${folder}`);
  });
});

/** Where Node is told to keep what it compiles. */
const CACHE = 'NODE_COMPILE_CACHE';

/** The process that the extension host has started for us. */
function serverProcess(): number {
  const ours = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name));
  const [pid] = ours;
  assert.ok(pid !== undefined, 'there is no server');
  return Number(pid);
}

function isServer(pid: string): boolean {
  try {
    // The second field in brackets may hold anything; the parent is two behind it.
    const parent = /\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return (
      parent === String(process.pid) &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/server.js')
    );
  } catch {
    // It has ended since.
    return false;
  }
}
