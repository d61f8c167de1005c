import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, hoverAt, openText, positionOf, waitForActivation, waitForTab } from '../support';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadPets",
      "Effect": "Allow",
      "Action": [
        "execute-api:*",
        "S3:getobject"
      ],
      "Resource": "${ARN}"
    },
    {
      "Effect": "Deny",
      "NotAction": "s3:GetObject",
      "Resource": "*"
    }
  ]
}
`;

/** What VS Code's own JSON service shows of the same text stands beside ours; the tests say what is whose. */
describe('a policy at a glance', () => {
  let document: vscode.TextDocument;
  beforeEach(async () => {
    document = await openText(POLICY, 'json');
    await waitForActivation();
  });
  afterEach(closeEverything);

  const ask = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
    vscode.commands.executeCommand<T>(`vscode.${command}`, document.uri, ...args);
  const textOf = (range: vscode.Range): string => document.getText(range);

  it('the outline has each statement by what it does, once', async () => {
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider');
    const statements = symbols.filter(({ kind }) => kind === vscode.SymbolKind.Struct);
    assert.deepEqual(
      statements.map(({ name, detail }) => [name, detail]),
      [
        ['Allow execute-api:* and 1 more on GET /pets', 'ReadPets'],
        ['Deny everything but s3:GetObject on all resources', ''],
      ],
    );
    assert.deepEqual(
      statements[0]?.children.map(({ name }) => name),
      ['execute-api:*', 'S3:getobject', 'GET /pets'],
    );
  });

  it('nothing is folded twice', async () => {
    const ranges = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider');
    const starts = ranges.map(({ start }) => start);
    assert.ok(starts.includes(positionOf(document, '"Action"').line));
    assert.deepEqual(starts, [...new Set(starts)]);
  });

  it('a selection grows from the stage over the ARN to the statement', async () => {
    const [stage] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', [
      positionOf(document, 'prod', 1),
    ]);
    const texts: string[] = [];
    for (let at = stage; at !== undefined; at = at.parent) {
      texts.push(textOf(at.range));
    }
    const steps = ['prod', 'a1b2c3d4e5/prod/GET/pets', ARN, `"${ARN}"`, `"Resource": "${ARN}"`];
    assert.deepEqual(
      texts.filter((text) => steps.includes(text)),
      steps,
    );
    assert.equal(new Set(texts).size, texts.length);
  });

  it('an action is marked wherever it stands, in whatever case', async () => {
    const marks = await ask<vscode.DocumentHighlight[]>(
      'executeDocumentHighlights',
      positionOf(document, 's3:GetObject', 4),
    );
    assert.deepEqual(marks.map(({ range }) => textOf(range)).sort(), ['S3:getobject', 's3:GetObject']);
  });

  it('links only managed policies, and hovers lead from an element to the documentation', async () => {
    assert.deepEqual(await ask<vscode.DocumentLink[]>('executeLinkProvider'), []);
    assert.match(
      await hoverAt(document, positionOf(document, 'NotAction')),
      /\]\(https:\/\/docs\.aws\.amazon\.com\/IAM\/[^)]*notaction/,
    );
    const managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    document = await openText(
      POLICY.replace('"Resource": "*"', `"Condition": { "ArnEquals": { "iam:PolicyARN": "${managed}" } }`),
      'json',
    );
    const links = await ask<vscode.DocumentLink[]>('executeLinkProvider');
    assert.deepEqual(
      links.map(({ range }) => textOf(range)),
      [managed],
    );
  });

  it('hints count the actions of a wildcard and name the Region', async () => {
    const hints = await ask<vscode.InlayHint[]>(
      'executeInlayHintProvider',
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    const before = ({ line, character }: vscode.Position) =>
      document.lineAt(line).text.slice(0, character).trim();
    const words = hints.map(({ label, position }) => [before(position), label]);
    assert.equal(words.length, 2);
    assert.match(String(words[0]), /^"execute-api:\*",\d+ actions$/);
    assert.deepEqual(words[1], [`"Resource": "${ARN}"`, 'N. Virginia']);
  });

  it('"Explain" above the ARN opens its segments beside the policy', async () => {
    const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', 10);
    const explain = lenses.find(({ command }) => command?.title === 'Explain')?.command;
    assert.ok(explain);
    const report = await vscode.commands.executeCommand<string>(
      explain.command,
      ...(explain.arguments ?? []),
    );
    assert.match(report, /\*\*Stage\*\*<br>`prod`/);
    await waitForTab('ARN Explained');
  });

  it('a setting takes the lenses away that are not wanted', async () => {
    const settings = vscode.workspace.getConfiguration('iamPolicy', document.uri);
    await settings.update('codeLens.show', ['explain'], vscode.ConfigurationTarget.Global);
    try {
      const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', 10);
      assert.deepEqual(
        lenses.map(({ command }) => command?.title),
        ['Explain'],
      );
    } finally {
      await settings.update('codeLens.show', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
