import assert from 'node:assert/strict';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { invalidator, manager, petstore } from '../support/petstore';
import { runCli } from './memoryIo';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const chief: CallerConfig = {
  ...manager,
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

describe('iam-policy check-target', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [chief, invalidator] });
  });
  after(() => gateway.close());

  const ask = (argv: readonly string[], caller: CallerConfig = chief) =>
    runCli(['check-target', ...argv, '--control-endpoint', gateway.url], {
      io: { gatewayHost: async () => hostOf(caller) },
    });

  it('is what a bare Forbidden leads to', async () => {
    const run = await runCli(
      ['invalidate', `${ARN}/pets/GET/`, '--path', '', '--endpoint', gateway.endpoint],
      { io: { gatewayHost: async () => hostOf(invalidator) } },
    );
    assert.match(run.stdout, /^Refused: forbidden, most often for a wrong stage or path/);
    assert.match(run.stdout, /iam-policy check-target ARN/);
  });

  it('names the stage that a URL lacks, and invokes nothing', async () => {
    const run = await ask(['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/pets']);
    assert.match(run.stdout, /^The API has no such stage or route\n/);
    assert.match(run.stdout, /the stage seems to be left out/);
    assert.equal(run.exitCode, 1);
    assert.ok(gateway.requests.every(({ cache }) => cache === 'none'));
  });

  it('exits 0 for what is there, and prints JSON', async () => {
    const run = await ask([`${ARN}/prod/GET/pets/7`, '--format', 'json']);
    const { fits, findings } = JSON.parse(run.stdout);
    assert.deepEqual([fits, findings.length, run.exitCode], ['yes', 2, 0]);
  });

  it('exits 1 where it is refused, and 2 where nobody answers', async () => {
    assert.equal((await ask([`${ARN}/prod/GET/pets/7`], invalidator)).exitCode, 1);
    const run = await runCli(
      ['check-target', `${ARN}/prod/GET/pets/7`, '--control-endpoint', 'http://127.0.0.1:1'],
      { io: { gatewayHost: async () => hostOf(chief) } },
    );
    assert.equal(run.exitCode, 2);
  });

  it('asks files instead of AWS with --routes', async () => {
    const files = {
      'api.yaml': [
        'openapi: 3.0.1',
        'info: { title: Pets }',
        'servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]',
        'paths: { /pets: { get: {} } }',
      ].join('\n'),
    };
    const check = (path: string) =>
      runCli(['check-target', `${ARN}/prod/GET/${path}`, '--routes', 'api.yaml'], { files });
    assert.deepEqual([(await check('pets')).exitCode, (await check('cats')).exitCode], [0, 1]);
    const missing = await runCli(['check-target', `${ARN}/prod/GET/x`, '--routes', 'none.yaml'], { files });
    assert.equal(missing.exitCode, 2);
  });
});
