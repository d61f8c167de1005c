import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, RelatedFullDocumentDiagnosticReport } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets';

/** A document of each form with findings, as an editor calls its language. */
const FORMS: Readonly<Record<string, readonly [language: string, text: string]>> = {
  'a policy in block form': [
    'yaml',
    `Version: '2012-10-17'\nStatement:\n  - Sid: ''\n    Effect: Allow\n    Action: s3:GetObjekt\n    Resource: '*'\n`,
  ],
  'items whose first key stands on a line of its own': [
    'yaml',
    `Version: 2012-10-17\nStatement:\n-\n  Effect: Allow\n  Action:\n  - s3:GetObjekt\n  Resource: ${ARN}\n`,
  ],
  'one statement that is no list': [
    'yaml',
    `Version: '2012-10-17'\nStatement:\n  Effect: Allow\n  Action: execute-api:Invoke\n  Resource: ${ARN}\n`,
  ],
  'flow form over several lines': [
    'yaml',
    `Version: '2012-10-17'\nStatement: [\n  {Effect: Allow, Action: 's3:GetObjekt', Resource: '*'},\n  {Effect: Allow,\n   Action: execute-api:Invoke,\n   Resource: '${ARN}'}\n]\n`,
  ],
  'several statements on one line': [
    'yaml',
    `Version: '2012-10-17'\nStatement: [{Effect: Allow, Action: 's3:GetObjekt', Resource: '*'}, {Effect: Allow, Action: 's3:GetObjekts', Resource: '*'}]\n`,
  ],
  'a template with Windows line ends': [
    'cloudformation',
    `Resources:\r\n  P:\r\n    Type: AWS::IAM::ManagedPolicy\r\n    Properties:\r\n      PolicyDocument:\r\n        Statement:\r\n          - Effect: Allow\r\n            Action: execute-api:Invoke\r\n            Resource: !Sub 'arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/prod/get/pets'\r\n`,
  ],
  'a function of SAM': [
    'yaml',
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - AWSLambdaBasicExecutionRole\n        - Statement:\n            - Effect: Allow\n              Action: [execute-api:Invoke]\n              Resource: ${ARN}\n`,
  ],
  'a statement of serverless.yml': [
    'serverless',
    `service: pets\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: allow\n          Action: execute-api:Invoke\n          Resource: ${ARN}\n`,
  ],
  'a chart, with lines of a template engine': [
    'helm',
    `{{- if .Values.policy }}\nVersion: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:GetObjekt\n    Resource: '*'\n{{- end }}\n`,
  ],
  'settings of a cache': [
    'yaml',
    `Resources:\n  Stage:\n    Type: AWS::ApiGateway::Stage\n    Properties:\n      RestApiId: !Ref Api\n      CacheClusterEnabled: true\n      MethodSettings:\n        - {HttpMethod: '*', ResourcePath: /*, CachingEnabled: true}\n`,
  ],
  'JSON with comments': [
    'jsonc',
    `{\n\t"Version": "2012-10-17",\n\t"Statement": [{\n\t\t"Effect": "Allow",\n\t\t"Action": "s3:GetObjekt",\n\t\t"Resource": "*"\n\t}]\n}\n`,
  ],
};

describe('a suppression by comment, from the light bulb', () => {
  let client: LspClient;
  let files = 0;
  before(async () => {
    client = await startLspClient({
      capabilities: {
        ...PULLING,
        workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
      },
      host: { iamDataAssets },
    });
  });
  after(() => client.stop());

  async function diagnosticsOf(uri: string): Promise<readonly Diagnostic[]> {
    const { items } = await client.connection.sendRequest<RelatedFullDocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    return items;
  }

  /** Opens a text, takes the offer for a finding, fills in a reason, and gives what is found then. */
  async function suppressed(language: string, text: string, chosen: number, reason: string) {
    files += 1;
    const uri = `file:///w/file${files}.${language === 'jsonc' ? 'jsonc' : 'yaml'}`;
    await client.open(uri, text, language);
    const before = await diagnosticsOf(uri);
    const finding = before[chosen];
    assert.ok(finding);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
    const action = actions.find(({ title }) => title === `Suppress ${finding.code} here by a comment…`);
    assert.ok(action, `no offer for ${finding.code}: ${actions.map(({ title }) => title).join(' | ')}`);
    const changed = action.edit?.documentChanges?.flatMap((change) =>
      'edits' in change ? change.edits : [],
    );
    const edits = (changed ?? action.edit?.changes?.[uri] ?? []).map((edit) => ({
      range: edit.range,
      newText:
        'newText' in edit
          ? edit.newText.replace(/ ?(\r?\n)$/, `${reason === '' ? ' ' : ` ${reason}`}$1`)
          : '',
    }));
    assert.equal(edits.length, 1);
    const document = TextDocument.create(uri, language, 1, text);
    const now = TextDocument.applyEdits(document, edits);
    await client.change(uri, 2, [{ text: now }]);
    const after = await diagnosticsOf(uri);
    await client.close(uri);
    const told = (diagnostics: readonly Diagnostic[]) =>
      diagnostics.map(({ code, message }) => `${code}: ${message}`);
    return { before: told(before), after: told(after), code: String(finding.code), now };
  }

  for (const [name, [language, text]] of Object.entries(FORMS)) {
    it(`takes out the finding and brings none: ${name}`, async () => {
      let chosen = 0;
      for (let more = true; more; chosen += 1) {
        const { before, after, code, now } = await suppressed(language, text, chosen, 'known: see #42');
        assert.ok(
          after.length < before.length && after.every((each) => before.includes(each)),
          `${code}\n${now}\n${after.join('\n')}`,
        );
        assert.ok(!after.includes(before[chosen] ?? ''), `${code}\n${now}`);
        more = chosen + 1 < before.length;
      }
      assert.ok(chosen > 0);
    });
  }

  it('is faulty as long as it has no reason', async () => {
    const [language, text] = FORMS['a function of SAM'] ?? ['', ''];
    const { before, after } = await suppressed(language, text, 0, '');
    assert.ok(before.every((each) => after.includes(each)));
    assert.ok(after.some((each) => each.startsWith('suppression-reason-missing')));
  });
});
