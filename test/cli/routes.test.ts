import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { policyWithResource } from '../support/policies';
import { type CliRun, runCli } from './memoryIo';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET';
const TEMPLATE = `Resources:
  Pets: { Type: AWS::Serverless::Api, Properties: { StageName: prod } }
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: { Type: Api, Properties: { RestApiId: !Ref Pets, Method: get, Path: /pets } }
`;

const lint = (options: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<CliRun> =>
  runCli(['lint', '--format', 'json', '--fail-on', 'info', ...options, 'p.json'], {
    createService: createLanguageService,
    files: { 'p.json': policyWithResource(`${ARN}/pest`), 'template.yaml': TEMPLATE, ...files },
  });
const messages = ({ stdout }: CliRun) =>
  (JSON.parse(stdout) as { readonly rule: string; readonly message: string }[])
    .filter(({ rule }) => rule === 'execute-api-route-unknown')
    .map(({ message }) => message);

describe('iam-policy lint --routes', () => {
  it('holds paths to the routes of a definition', async () => {
    const run = await lint(['--routes', 'template.yaml']);
    assert.equal(run.stderr, '');
    assert.deepEqual(messages(run), ['No route of "Pets" serves "/pest"; the nearest is "/pets".']);
    assert.equal(run.exitCode, 1);
    assert.deepEqual(messages(await lint([])), []);
  });

  it('takes several definitions together', async () => {
    const swagger = '{"swagger": "2.0", "x-amazon-apigateway-policy": {}, "paths": {"/pest": {"get": {}}}}';
    const run = await lint(['--routes', 'template.yaml', '--routes', 's.json'], { 's.json': swagger });
    assert.deepEqual(messages(run), []);
  });

  it('takes one by what it says where its name says nothing, as that of a pipe', async () => {
    const hcl = 'resource "aws_api_gateway_rest_api" "pets" {\n  body = "{}"\n}\n';
    for (const [name, text, isTaken] of [
      ['/dev/fd/63', TEMPLATE, true],
      ['sam.template', TEMPLATE, true],
      ['definition', '{"swagger": "2.0", "paths": {"/pets": {"get": {}}}}', true],
      ['definition', '{swagger', false],
      ['main', hcl, false],
    ] as const) {
      const run = await lint(['--routes', name], { [name]: text });
      assert.equal(/defines no API/.test(run.stderr), !isTaken, name);
    }
    const piped = await runCli(['lint', '--format', 'json', '--routes', '-', 'p.json'], {
      createService: createLanguageService,
      files: { 'p.json': policyWithResource(`${ARN}/pest`) },
      stdin: TEMPLATE,
    });
    assert.equal(messages(piped).length, 1, piped.stderr);
  });

  it('does not take a file that defines nothing for a check', async () => {
    const run = await lint(['--routes', 'p.json']);
    assert.match(run.stderr, /p\.json defines no API; --routes takes OpenAPI/);
    assert.equal(run.exitCode, 2);
    const absent = await lint(['--routes', 'gone.yaml']);
    assert.match(absent.stderr, /cannot read gone\.yaml: no such file/);
    assert.equal(absent.exitCode, 2);
  });
});
