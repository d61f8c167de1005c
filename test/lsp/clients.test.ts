import assert from 'node:assert/strict';
import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  DocumentSymbol,
  Hover,
  SymbolInformation,
} from 'vscode-languageserver/node';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const URI = 'file:///w/p.json';
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}';

/** The kinds of the first version of the protocol are numbers up to this, of items of completion as of symbols. */
const LAST_KIND = 18;

describe('clients that can do less than VS Code', () => {
  let client: LspClient | undefined;
  afterEach(() => client?.stop());

  const start = async (textDocument: ClientCapabilities['textDocument']): Promise<LspClient> => {
    client = await startLspClient({
      capabilities: { ...PULLING, textDocument: { ...PULLING.textDocument, ...textDocument } },
      host: { iamDataAssets },
    });
    await client.open(URI, POLICY);
    return client;
  };
  const at = (text: string) => ({
    textDocument: { uri: URI },
    position: { line: 0, character: POLICY.indexOf(text) + 1 },
  });
  const hoverOf = async ({ connection }: LspClient): Promise<unknown> =>
    (await connection.sendRequest<Hover>('textDocument/hover', at('GetObject'))).contents;

  it('get hovers as they like them best: Markdown, or plain text without its marks', async () => {
    const markdown = /^\*\*s3:GetObject\*\*/;
    for (const [contentFormat, kind, begins] of [
      [undefined, 'markdown', markdown],
      [['markdown', 'plaintext'], 'markdown', markdown],
      [['plaintext'], 'plaintext', /^s3:GetObject \(Amazon S3\)/],
      [['plaintext', 'markdown'], 'plaintext', /^s3:GetObject \(Amazon S3\)/],
    ] as const) {
      const contents = await hoverOf(
        await start(contentFormat === undefined ? {} : { hover: { contentFormat: [...contentFormat] } }),
      );
      assert.deepEqual(Object.keys(contents ?? {}), ['kind', 'value']);
      const { kind: given, value } = contents as { readonly kind: string; readonly value: string };
      assert.equal(given, kind);
      assert.match(value, begins);
      client?.stop();
    }
  });

  it('get the documentation of completions the same way', async () => {
    const { connection } = await start({
      completion: { completionItem: { documentationFormat: ['plaintext'] } },
    });
    const { items } = await connection.sendRequest<CompletionList>(
      'textDocument/completion',
      at('aws:SecureTransport'),
    );
    const item = items.find(({ label }) => label === 'aws:SecureTransport');
    const { documentation } = await connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    assert.ok(typeof documentation === 'object', JSON.stringify(documentation));
    assert.equal(documentation.kind, 'plaintext');
    assert.doesNotMatch(documentation.value, /[`*]|\]\(/);
  });

  it('get no kinds that they do not know', async () => {
    const kinds = async (places: readonly string[]): Promise<readonly number[]> => {
      const lists = await Promise.all(
        places.map((place) =>
          client?.connection.sendRequest<CompletionList>('textDocument/completion', at(place)),
        ),
      );
      const symbols = await client?.connection.sendRequest<readonly (DocumentSymbol | SymbolInformation)[]>(
        'textDocument/documentSymbol',
        at('{'),
      );
      return [...lists.flatMap((list) => list?.items ?? []), ...(symbols ?? [])].map(({ kind }) => kind ?? 0);
    };
    const places = ['s3:GetObject', 'Bool', 'Effect', '{"Sid"'];
    await start({});
    const first = await kinds(places);
    assert.ok(first.length > 20 && Math.max(...first) <= LAST_KIND, first.join());
    client?.stop();
    await start({
      completion: { completionItemKind: { valueSet: [1] } },
      documentSymbol: { symbolKind: { valueSet: [1] } },
    });
    const all = await kinds(places);
    assert.ok(all.length === first.length && Math.max(...all) > LAST_KIND, all.join());
  });

  it('are answered by the text as it is, whatever versions they count', async () => {
    const started = await start({});
    assert.match(JSON.stringify(await hoverOf(started)), /s3:GetObject/);
    const other = POLICY.replace('s3:GetObject', 's3:PutObject');
    await started.change(URI, 1, [{ text: other }]);
    assert.match(JSON.stringify(await hoverOf(started)), /s3:PutObject/);
    // As after the editor has forgotten that the document is open.
    await started.open(URI, POLICY);
    assert.match(JSON.stringify(await hoverOf(started)), /s3:GetObject/);
  });

  it('ask for the findings of other files at each change where they cannot be told to', async () => {
    const dependencies = async (workspace: ClientCapabilities['workspace']): Promise<unknown> => {
      client = await startLspClient({ capabilities: { ...PULLING, workspace: workspace ?? {} } });
      const { diagnosticProvider } = client.initialized.capabilities;
      client.stop();
      return diagnosticProvider?.interFileDependencies;
    };
    assert.equal(await dependencies({}), true);
    assert.equal(await dependencies({ diagnostics: { refreshSupport: true } }), false);
  });
});
