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

  it('does not take a file that defines nothing for a check', async () => {
    const run = await lint(['--routes', 'p.json']);
    assert.match(run.stderr, /p\.json defines no API; --routes takes OpenAPI/);
    assert.equal(run.exitCode, 2);
    const absent = await lint(['--routes', 'gone.yaml']);
    assert.match(absent.stderr, /cannot read gone\.yaml: no such file/);
    assert.equal(absent.exitCode, 2);
  });
});
