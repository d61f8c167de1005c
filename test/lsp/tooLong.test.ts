import { strict as assert } from 'node:assert';
import type { DocumentDiagnosticReport, Hover } from 'vscode-languageserver/node';
import { type LspClient, startLspClient } from '../support/lspClient';
import { languageService } from '../support/policies';

const uri = 'file:///repo/long.yaml';
const POLICY = `Version: "2012-10-17"
Statement:
  - Effect: Allow
    Action: s3:GetObjekt
    Resource: "*"
`;

describe('a document that is too long to be read', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  const open = async (beginning: string, settings: object = {}): Promise<DocumentDiagnosticReport> => {
    client = await startLspClient({ createService: languageService, settings });
    await client.open(uri, beginning + '#'.repeat(10_000_000), 'yaml');
    return client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  };

  it('has a finding that says so, and answers nothing', async () => {
    assert.deepEqual(await open(POLICY), {
      kind: 'full',
      items: [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
          severity: 2,
          source: 'iam-policy',
          code: 'policy-too-long',
          codeDescription: { href: 'file:///pages/policy-too-long.md' },
          message:
            'The policies in this document are not checked: it has 10.1 million characters, and at most 10 million are read',
        },
      ],
    });
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 3, character: 14 },
    });
    assert.equal(hover, null);
  });

  it('is checked as soon as it is shorter', async () => {
    await open(POLICY);
    await client.change(uri, 2, [
      { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 5_000_000 } }, text: '' },
    ]);
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.deepEqual(report.kind === 'full' && report.items.map(({ code }) => code), ['action-unknown']);
  });

  it('has none where nothing looks like a policy, or the rule is off', async () => {
    assert.deepEqual(await open('a: b\n'), { kind: 'full', items: [] });
    client.stop();
    assert.deepEqual(await open(POLICY, { rules: { 'policy-too-long': 'off' } }), {
      kind: 'full',
      items: [],
    });
  });
});
