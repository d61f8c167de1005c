import assert from 'node:assert/strict';
import type {
  CompletionList,
  Hover,
  RelatedFullDocumentDiagnosticReport,
  SemanticTokens,
} from 'vscode-languageserver/node';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const PROGRAM = `import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

export const statement = new PolicyStatement({
  actions: ['s3:GetObjct'],
  resources: ['*'],
});
`;
const PAGE =
  '# Setup\n\n```json\n{ "Statement": { "Effect": "alow", "Action": "s3:*", "Resource": "*" } }\n```\n';
const TEMPLATE =
  '{ "Statement": [\n%{ if a }\n{ "Effect": "alow", "Action": "s3:*", "Resource": "*" }\n%{ endif }\n] }\n';

describe('programs, pages and templates over the protocol', () => {
  let client: LspClient;
  before(async () => {
    client = await startLspClient({ capabilities: PULLING, host: { iamDataAssets } });
  });
  after(() => client.stop());

  const codes = async (uri: string) => {
    const { items } = await client.connection.sendRequest<RelatedFullDocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    return items.map(({ code }) => code);
  };

  it('show findings, explain and complete within quotes, and colour nothing', async () => {
    const uri = 'file:///w/stack.ts';
    for (const languageId of ['typescript', 'typescriptreact', 'javascript', 'javascriptreact']) {
      await client.open(uri, PROGRAM, languageId);
      assert.deepEqual(await codes(uri), ['action-unknown']);
    }
    const textDocument = { uri };
    const position = { line: 3, character: 20 };
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument,
      position,
    });
    assert.ok(hover !== null);
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument,
      position,
    });
    assert.ok(list.items.some(({ label }) => label === 's3:GetObject'));
    const elsewhere = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument,
      position: { line: 1, character: 0 },
    });
    assert.deepEqual(elsewhere.items, []);
    const tokens = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument,
    });
    assert.deepEqual(tokens.data, []);
  });

  it('are read by the IDs of editors, and plain text by its name', async () => {
    await client.open('file:///w/README.md', PAGE, 'markdown');
    assert.deepEqual(await codes('file:///w/README.md'), ['effect-invalid']);
    for (const [name, languageId] of [
      ['policy.json.tftpl', 'plaintext'],
      ['policy.json.j2', 'jinja'],
    ] as const) {
      await client.open(`file:///w/${name}`, TEMPLATE, languageId);
      const found = await codes(`file:///w/${name}`);
      assert.ok(found.includes('effect-invalid'), String(found));
      assert.ok(!found.includes('json-syntax'), String(found));
    }
  });
});
