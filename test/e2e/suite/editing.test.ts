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
  waitForTab,
  waitForText,
} from '../support';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

describe('editing a policy', () => {
  afterEach(closeEverything);

  it('shows the placeholders of the seed policy on open, each on its own segment, and nothing else', async () => {
    const document = await openDocument('seed.json');
    const found = await waitForDiagnostics(document.uri, (all) => all.length >= 5);
    assert.deepEqual(found.map((each) => document.getText(each.range)).sort(), [
      'account-id',
      'api-id',
      'region',
      'resource-path-specifier',
      'stage-name',
    ]);
    assert.deepEqual([...new Set(found.map(ruleOf))], ['placeholder']);
    assert.ok(found.every((each) => each.severity === vscode.DiagnosticSeverity.Error));
  });

  it('follows typing: a mistake appears as it is made, and goes with its repair', async () => {
    const document = await openText(policy(ARN), 'json');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const method = new vscode.Range(positionOf(document, 'GET'), positionOf(document, 'GET', 3));
    await editor.edit((edit) => edit.replace(method, 'get'));
    const [mistake] = await waitForDiagnostics(document.uri, (all) => all.length > 0);
    assert.ok(mistake);
    assert.equal(ruleOf(mistake), 'execute-api-method-case');
    assert.equal(document.getText(mistake.range), 'get');
    await editor.edit((edit) => edit.replace(method, 'GET'));
    await waitForDiagnostics(document.uri, (all) => all.length === 0);
  });

  it('shows what is wrong with a word when typing rests, and not letter by letter', async () => {
    const document = await openText(policy(ARN).replace('"Allow"', '""'), 'json');
    await waitForDiagnostics(document.uri, (all) => all.some((each) => ruleOf(each) === 'effect-invalid'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const at = positionOf(document, '"Effect": "', '"Effect": "'.length);
    editor.selection = new vscode.Selection(at, at);
    let typedAt = 0;
    const early: string[] = [];
    const changes = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const isOurs = uris.some((uri) => uri.toString() === document.uri.toString());
      // A machine that was busy for so long that typing rested may tell what is wrong with half a word.
      if (isOurs && Date.now() - typedAt < 400) {
        const found = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
        // What was there before stays; VS Code's own support for JSON has findings of its own, which it sends too.
        early.push(...found.filter((message) => /"Al?o?w?"/.test(message)));
      }
    });
    for (const letter of 'Alow') {
      await vscode.commands.executeCommand('type', { text: letter });
      typedAt = Date.now();
      // By then the server has answered all that was asked at this letter.
      await hoverAt(document, positionOf(document, '2012-10-17', 2));
    }
    const [finding] = await waitForDiagnostics(document.uri, (all) =>
      all.some(({ message }) => message.includes('"Alow"')),
    );
    changes.dispose();
    assert.ok(finding);
    assert.deepEqual(early, []);
  });

  it('links a finding to the page of its rule, which ships with the extension', async () => {
    const document = await openDocument('broken.json');
    const [finding] = await waitForDiagnostics(document.uri, (all) => all.length > 0);
    const code = finding?.code;
    assert.ok(typeof code === 'object' && 'target' in code);
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), new RegExp(`^# ${String(code.value)}`));
    // A preview shows no words behind a fence.
    assert.match(page.getText(), /^\*\*Reported\*\*\n\n```json bad/m);
    // What a click on the code does.
    await vscode.commands.executeCommand('vscode.open', code.target);
    assert.equal(previewed(), `${String(code.value)}.md`);
    // The policy stays in sight.
    const tab = await waitForTab(`${String(code.value)}.md`, ({ group }) => group.viewColumn !== 1);
    assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.tabGroups.all[0]?.activeTab?.label, 'broken.json');
  });

  it('opens the index of the rules, to be read and not as its source', async () => {
    await vscode.commands.executeCommand('iamPolicy.showRules');
    assert.equal(previewed(), 'README.md');
  });

  it('explains the method and the stage differently', async () => {
    const document = await openText(policy(ARN), 'json');
    const method = await hoverAt(document, positionOf(document, 'GET', 1));
    const stage = await hoverAt(document, positionOf(document, '/prod/', 2));
    assert.match(method, /HTTP method GET/);
    assert.match(stage, /stage `prod`/i);
    assert.notEqual(method, stage);
  });

  it('mends a malformed ARN with a quick fix', async () => {
    const document = await openText(policy(ARN.replace('GET', 'get').replace('pets', 'pets/{id}')), 'json');
    await waitForDiagnostics(document.uri, (all) => all.length === 2);
    await applyAction(document, positionOf(document, 'get', 1), 'Replace with GET');
    await applyAction(document, positionOf(document, '{id}', 1), 'Replace with *');
    await waitForText(document, (text) => text.includes('prod/GET/pets/*'));
    await waitForDiagnostics(document.uri, (all) => all.length === 0);
  });

  it('inserts the InvalidateCache statement, keeping comments and indentation, and leaves no finding', async () => {
    const document = await openText(
      policy(ARN).replace('"Effect"', '// who may call\n      "Effect"'),
      'jsonc',
    );
    await applyAction(
      document,
      positionOf(document, 'execute-api:Invoke', 3),
      'Insert InvalidateCache statement',
    );
    const text = await waitForText(document, (now) => now.includes('InvalidateCache'));
    assert.match(text, /\/\/ who may call\n {6}"Effect"/);
    assert.match(
      text,
      /\n {4}\},\n {4}\{\n {6}"Effect": "Allow",\n {6}"Action": "execute-api:InvalidateCache",\n {6}"Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/prod\/GET\/pets"\n {4}\}\n/,
    );
    await waitForDiagnostics(document.uri, (all) => all.length === 0);
  });

  it('inserts the statement from the palette too', async () => {
    const document = await openText(policy(ARN), 'json');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const at = positionOf(document, 'execute-api:Invoke');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('iamPolicy.insertInvalidateCacheStatement');
    await waitForText(document, (now) => now.includes('execute-api:InvalidateCache'));
  });

  it('offers to invalidate the cache above an ARN, and colours its segments apart', async () => {
    const document = await openText(policy(ARN), 'json');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map((lens) => [lens.range.start.line, lens.command?.title]),
      ['Invalidate cache', 'Who may invalidate?', 'Explain'].map((title) => [
        positionOf(document, ARN).line,
        title,
      ]),
    );
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    for (const type of ['arnRegion', 'arnAccount', 'arnApiId', 'arnStage', 'arnMethod', 'arnPath']) {
      assert.ok(legend.tokenTypes.includes(type), type);
    }
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    const types = new Set<string | undefined>();
    for (let at = 3; at < tokens.data.length; at += 5) {
      types.add(legend.tokenTypes[tokens.data[at] ?? 0]);
    }
    assert.ok(
      types.has('arnMethod') && types.has('arnStage') && types.has('iamAction'),
      [...types].join(' '),
    );
  });
});

/** The name of the page that is shown as a preview in front of the user. */
function previewed(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === 'vscode.markdown.preview.editor'
    ? input.uri.path.split('/').pop()
    : undefined;
}

function policy(resource: string): string {
  return `${JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource }],
    },
    undefined,
    2,
  )}\n`;
}

async function applyAction(
  document: vscode.TextDocument,
  position: vscode.Position,
  title: string,
): Promise<void> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
    undefined,
    10,
  );
  const action = actions.find((each) => each.title === title);
  assert.ok(action?.edit, `no "${title}" among: ${actions.map((each) => each.title).join(', ')}`);
  await vscode.workspace.applyEdit(action.edit);
}
