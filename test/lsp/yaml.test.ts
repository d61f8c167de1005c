import assert from 'node:assert/strict';
import type {
  CodeAction,
  CompletionList,
  Hover,
  RelatedFullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const uri = 'file:///w/template.yaml';
const TEMPLATE = `Resources:
  Invoker:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: allow
            Action: execute-api:Invoke
            Resource: !Sub 'arn:aws:execute-api:eu-west-1:\${AWS::AccountId}:a1b2c3d4e5/prod/get/pets'
`;

/** The place of a text, as the protocol counts. */
function placeOf(text: string, word: string): { line: number; character: number } {
  const offset = text.indexOf(word);
  const line = text.slice(0, offset).split('\n').length - 1;
  return { line, character: offset - (text.lastIndexOf('\n', offset - 1) + 1) };
}

describe('YAML over the protocol', () => {
  let client: LspClient;
  const textDocument = { uri };
  before(async () => {
    client = await startLspClient({ capabilities: PULLING, host: { iamDataAssets } });
  });
  after(() => client.stop());

  const findings = async () => {
    const report = await client.connection.sendRequest<RelatedFullDocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { textDocument },
    );
    return report.items;
  };

  it('shows findings, mends them, explains and completes, in whatever id an editor has for YAML', async () => {
    for (const languageId of ['yaml', 'cloudformation', 'serverless', 'helm']) {
      await client.open(uri, TEMPLATE, languageId);
      const items = await findings();
      assert.deepEqual(items.map(({ code }) => code).slice(0, 1), ['effect-invalid']);
      const effect = placeOf(TEMPLATE, 'allow');
      assert.deepEqual(items[0]?.range.start, effect);

      const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument,
        range: { start: effect, end: effect },
        context: { diagnostics: items },
      });
      const fix = actions.find(({ title }) => title === 'Change to "Allow"');
      assert.match(JSON.stringify(fix?.edit), /"newText":"Allow"/);

      const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument,
        position: placeOf(TEMPLATE, 'prod/get'),
      });
      assert.match(JSON.stringify(hover.contents), /stage/i);

      const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
        textDocument,
        position: placeOf(TEMPLATE, ':Invoke'),
      });
      assert.ok((list.items ?? list).length > 0);
      await client.close(uri);
    }
  });

  it('is silent where a setting switches the language off', async () => {
    await client.configure({ languages: { yaml: false } });
    await client.open(uri, TEMPLATE, 'yaml');
    assert.deepEqual(await findings(), []);
    await client.close(uri);
    await client.configure({});
  });

  it('says once what is wrong in a list that several statements have', async () => {
    await client.open(
      uri,
      `Version: 2012-10-17
Statement:
  - { Effect: Allow, Action: &read [s3:GetObject, s3:ListBukets], Resource: arn:aws:s3:::a }
  - { Effect: Allow, Action: *read, Resource: arn:aws:s3:::b }
`,
      'yaml',
    );
    const unknown = (await findings()).filter(({ code }) => code === 'action-unknown');
    assert.deepEqual(
      unknown.map(({ range }) => range.start.line),
      [2],
    );
    await client.close(uri);
  });

  it('says nothing of YAML that holds no policy', async () => {
    await client.open(uri, 'name: ci\non: [push]\njobs: {build: [\n', 'yaml');
    assert.deepEqual(await findings(), []);
    await client.close(uri);
  });
});
