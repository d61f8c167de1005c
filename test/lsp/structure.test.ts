import { strict as assert } from 'node:assert';
import {
  type ClientCapabilities,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type InlayHint,
  InlayHintRefreshRequest,
  type SelectionRange,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { LanguageService } from '../../server/src/core/index';
import { type LspClient, type LspClientOptions, PULLING, startLspClient } from '../support/lspClient';
import { serviceWith, POLICY_URI as uri } from './rules';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Pets",
      "Effect": "Allow",
      "Action": [
        "s3:Get*"
      ],
      "Resource": "${ARN}"
    }
  ]
}
`;

const TREE: ClientCapabilities = {
  ...PULLING,
  textDocument: {
    documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: [] } },
  },
};

/** Stands in for the service reference. */
const counting: Partial<LanguageService> = {
  inlayHints: ({ text }, span, kinds) =>
    kinds.has('actions') && span.end === text.length
      ? [{ kind: 'actions', offset: text.indexOf('Get*"') + 5, label: '7 actions', text: 's3:Get*' }]
      : [],
  actionPatternText: (pattern) => `covered by ${pattern}`,
};

describe('structure and hints', () => {
  let client: LspClient;
  const start = async (options: LspClientOptions = {}): Promise<void> => {
    client = await startLspClient({
      createService: serviceWith([], counting),
      capabilities: TREE,
      ...options,
    });
    await client.open(uri, TEXT);
  };
  afterEach(() => client.stop());

  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest<T>(method, { textDocument: { uri }, ...params });
  const positionOf = (part: string) => {
    const before = TEXT.slice(0, TEXT.indexOf(part)).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };

  it('the outline is a tree under a label of its own', async () => {
    await start();
    assert.deepEqual(client.initialized.capabilities.documentSymbolProvider, { label: 'IAM Policy' });
    const [statement, ...others] = await ask<DocumentSymbol[]>('textDocument/documentSymbol');
    assert.deepEqual(others, []);
    assert.equal(statement?.name, 'Allow s3:Get* on GET /pets');
    assert.equal(statement?.detail, 'Pets');
    assert.equal(statement?.kind, SymbolKind.Struct);
    assert.deepEqual(statement?.selectionRange.start, positionOf('"Pets"'));
    assert.deepEqual(
      statement?.children?.map(({ name, kind }) => [name, kind]),
      [
        ['s3:Get*', SymbolKind.Function],
        ['GET /pets', SymbolKind.Constant],
      ],
    );
  });

  it('the outline is a list for an editor that knows no trees', async () => {
    await start({ capabilities: PULLING });
    const symbols = await ask<SymbolInformation[]>('textDocument/documentSymbol');
    assert.deepEqual(
      symbols.map(({ name, containerName }) => [name, containerName]),
      [
        ['Allow s3:Get* on GET /pets', undefined],
        ['s3:Get*', 'Allow s3:Get* on GET /pets'],
        ['GET /pets', 'Allow s3:Get* on GET /pets'],
      ],
    );
    assert.equal(symbols[0]?.location.uri, uri);
  });

  it('folding leaves the line of the closing bracket in sight', async () => {
    await start();
    assert.deepEqual(await ask<FoldingRange[]>('textDocument/foldingRange'), [
      { startLine: 0, endLine: 11 },
      { startLine: 2, endLine: 10 },
      { startLine: 3, endLine: 9 },
      { startLine: 6, endLine: 7 },
    ]);
  });

  it('folding is left to an editor that folds JSON itself', async () => {
    await start({ initializationOptions: { builtInJson: true } });
    assert.equal(client.initialized.capabilities.foldingRangeProvider, undefined);
  });

  it('selections grow from every position that was asked for, and stay where there is nothing', async () => {
    await start();
    const end = { line: 13, character: 0 };
    const [prod, outside] = await ask<SelectionRange[]>('textDocument/selectionRange', {
      positions: [positionOf('prod'), end],
    });
    const lengths: number[] = [];
    for (let at = prod; at !== undefined; at = at.parent) {
      if (at.range.start.line === at.range.end.line) {
        lengths.push(at.range.end.character - at.range.start.character);
      }
    }
    assert.deepEqual(lengths, [4, 24, ARN.length, ARN.length + 2, `"Resource": "${ARN}"`.length]);
    assert.deepEqual(outside, { range: { start: end, end } });
  });

  it('highlights tell a name that is given from one that is used; without one the editor has its own', async () => {
    await start();
    const at = (part: string) =>
      ask<DocumentHighlight[] | null>('textDocument/documentHighlight', { position: positionOf(part) });
    assert.deepEqual(
      (await at('Pets'))?.map(({ kind }) => kind),
      [DocumentHighlightKind.Write],
    );
    assert.deepEqual(
      (await at('s3:'))?.map(({ kind }) => kind),
      [DocumentHighlightKind.Read],
    );
    assert.equal(await at('Allow'), null);
  });

  it('a Sid is renamed; what AWS would refuse is refused, and the answer says why', async () => {
    await start({
      capabilities: { ...TREE, textDocument: { ...TREE.textDocument, rename: { prepareSupport: true } } },
    });
    assert.deepEqual(client.initialized.capabilities.renameProvider, { prepareProvider: true });
    const position = positionOf('Pets');
    const prepared = await ask<{ readonly placeholder: string } | null>('textDocument/prepareRename', {
      position,
    });
    assert.equal(prepared?.placeholder, 'Pets');
    assert.equal(await ask('textDocument/prepareRename', { position: positionOf('Allow') }), null);
    const edit = await ask<WorkspaceEdit>('textDocument/rename', { position, newName: 'Dogs' });
    assert.match(JSON.stringify(edit), /"newText":"Dogs"/);
    await assert.rejects(
      ask('textDocument/rename', { position, newName: 'a b' }),
      /letters A to Z and digits/,
    );
  });

  const linksOfManaged = async (): Promise<readonly DocumentLink[]> => {
    const managed = `${uri}-managed.json`;
    await client.open(managed, TEXT.replace(ARN, 'arn:aws:iam::aws:policy/ReadOnlyAccess'));
    return ask<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: managed } });
  };

  it('links say where they lead', async () => {
    await start();
    const [link] = await linksOfManaged();
    assert.equal(link?.tooltip, 'AWS documentation on this managed policy');
    assert.match(link?.target ?? '', /^https:\/\/docs\.aws\.amazon\.com\//);
  });

  const hints = () =>
    ask<InlayHint[]>('textDocument/inlayHint', {
      range: { start: { line: 0, character: 0 }, end: { line: 13, character: 0 } },
    });

  it('a hint lists its actions only when it is pointed at', async () => {
    await start();
    const [hint] = await hints();
    assert.equal(hint?.label, '7 actions');
    assert.equal(hint?.tooltip, undefined);
    assert.deepEqual(hint?.position, { line: 7, character: 17 });
    const resolved = await client.connection.sendRequest<InlayHint>('inlayHint/resolve', hint);
    assert.deepEqual(resolved.tooltip, { kind: 'markdown', value: 'covered by s3:Get*' });
  });

  it('each has a setting that takes it away', async () => {
    await start();
    await client.configure({
      symbols: { enable: false },
      folding: { enable: false },
      selectionRanges: { enable: false },
      highlights: { enable: false },
      links: { enable: false },
      inlayHints: { actions: { enable: false }, regions: { enable: false } },
    });
    const position = positionOf('s3:');
    assert.deepEqual(await ask('textDocument/documentSymbol'), []);
    assert.deepEqual(await ask('textDocument/foldingRange'), []);
    assert.equal(await ask('textDocument/selectionRange', { positions: [position] }), null);
    assert.equal(await ask('textDocument/documentHighlight', { position }), null);
    assert.deepEqual(await linksOfManaged(), []);
    assert.deepEqual(await hints(), []);
  });

  it('hints are asked for anew when the settings change', async () => {
    await start({
      capabilities: { ...TREE, workspace: { ...TREE.workspace, inlayHint: { refreshSupport: true } } },
    });
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest(InlayHintRefreshRequest.type, () => resolve());
    });
    await client.configure({ inlayHints: { actions: { enable: false } } });
    await refreshed;
    assert.deepEqual(await hints(), []);
  });

  it('an ARN is explained by name and by place, and how full the policy is comes with its type', async () => {
    await start();
    const { report } = await client.request('iamPolicy/explainArn', { uri, position: positionOf('prod') });
    assert.match(report ?? '', /^\| \*\*Stage\*\*<br>`prod` \|/m);
    assert.equal((await client.request('iamPolicy/explainArn', { arn: ARN })).report, report);
    assert.deepEqual(
      await client.request('iamPolicy/explainArn', { uri, position: positionOf('Allow') }),
      {},
    );
    const [policy] = (await client.request('iamPolicy/policyTypes', { uri })).policies;
    assert.deepEqual(policy?.size, {
      characters: TEXT.replaceAll(/\s/g, '').length,
      quota: 6_144,
      counts: 'without-white-space',
      holder: 'a managed policy',
    });
  });
});
