import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { manager, petstore, reader } from '../support/petstore';
import { repositoryRoot } from '../support/repository';
import { runCli } from './memoryIo';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** May do everything. */
const chief: CallerConfig = {
  ...manager,
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** May count, and not list what is counted. */
const counter: CallerConfig = {
  ...manager,
  accessKeyId: 'AKIACOUNTERS7EXAMPLE',
  statements: [{ Effect: 'Allow', Action: ['apigateway:*', 'cloudwatch:GetMetricData'], Resource: '*' }],
};

/** The paths of all members of a value, as the page writes them. */
function members(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${path}[]`] : value.flatMap((item) => members(item, `${path}[]`));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) =>
        members(member, path === '' ? name : `${path}.${name}`),
      )
    : [path];
}

describe('the JSON of the commands that talk to API Gateway', () => {
  const page = readFileSync(join(repositoryRoot, 'server/docs/gateway-json.md'), 'utf8');
  const sections = new Map(
    page.split(/^## /m).map((section) => [
      section.split('\n')[0]?.replaceAll('`', '') ?? '',
      section
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .flatMap((line) =>
          [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
        ),
    ]),
  );
  const common = sections.get('Every command') ?? [];
  const seen = new Set<string>();
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          stages: petstore.stages.flatMap((stage) =>
            stage.name === 'mixed' ? [stage, { ...stage, name: 'detailed', detailedMetrics: true }] : [stage],
          ),
          routes: [
            ...petstore.routes,
            {
              method: 'GET',
              path: '/shared',
              auth: 'AWS_IAM',
              cache: { keyParameters: [], namespace: 'n' },
              transfer: 'stream',
            },
          ],
        },
        {
          ...petstore,
          id: 'busy',
          stages: petstore.stages.map((stage) => ({
            ...stage,
            throttle: { requests: 1, retryAfter: '0' },
            canary: { percentTraffic: 10, useStageCache: true, deploymentId: 'c1a2n3' },
          })),
        },
      ],
      callers: [chief, reader, counter],
    });
  });
  after(() => gateway.close());

  const ask = async (command: string, argv: readonly string[], caller: CallerConfig = chief) => {
    const reach = command === 'invalidate' ? ['--endpoint', gateway.endpoint] : [];
    const run = await runCli(
      [command, ...reach, '--format', 'json', ...argv, '--control-endpoint', gateway.url],
      { io: { gatewayHost: async () => hostOf(caller, { wait: async () => undefined }) } },
    );
    const known = new Set([...common, ...(sections.get(command) ?? [])]);
    const lines = argv.includes('jsonl') ? run.stdout.trimEnd().split('\n') : [run.stdout];
    const given = lines
      .flatMap((line) => members(JSON.parse(line)))
      .map((member) =>
        // An empty list of pairs has no inner brackets.
        known.has(`${member}[]`) ? `${member}[]` : member,
      );
    for (const member of given) {
      assert.ok(known.has(member) || [...known].some((name) => name.startsWith(`${member}.`)), member);
      seen.add(`${command} ${member}`);
    }
    return run.exitCode;
  };

  it('has what the page says, and nothing else', async () => {
    const pets = `${ARN}/prod/GET/pets`;
    assert.equal(
      await ask('invalidate', [pets, '--whoami', '--read-stage', '--verify-marker', 'json:/path']),
      0,
    );
    assert.equal(await ask('invalidate', [pets, '--query', 'page=1', '--header', 'X-Tenant:a'], reader), 1);
    assert.equal(await ask('invalidate', [`${ARN}/strict/GET/pets`], reader), 1);
    assert.equal(await ask('invalidate', [pets.replace('a1b2c3d4e5', 'busy')]), 0);
    assert.equal(await ask('invalidate', [`${ARN}/prod/GET/pets/7`, '--read-keys']), 0);
    assert.equal(await ask('invalidate', [`${ARN}/prod/GET/shared`, '--read-keys']), 1);
    const throttled = `${ARN.replace('a1b2c3d4e5', 'busy')}/open/GET/public`;
    const several = [`${throttled}/a`, `${throttled}/b`, '--format', 'jsonl'];
    assert.equal(await ask('invalidate', several), 0);
    assert.equal(await ask('invalidate', [pets, '--endpoint', 'http://127.0.0.1:1']), 2);
    assert.equal(await ask('invalidate', [pets, '--unsigned']), 1);
    assert.equal(await ask('invalidate', [`${ARN}/detailed/GET/pets`]), 0);
    assert.equal(await ask('stage-cache', [`${ARN}/detailed/GET/metered`, '--metrics']), 0);
    assert.equal(await ask('stage-cache', [`${ARN}/detailed`, '--metrics'], counter), 0);
    assert.equal(await ask('stage-cache', [`${ARN}/uncached/GET/pets`]), 0);
    assert.equal(await ask('stage-cache', [`${ARN.replace('a1b2c3d4e5', 'busy')}/prod`]), 0);
    assert.equal(await ask('stage-cache', [`${ARN}/prod`], reader), 1);
    assert.equal(await ask('flush', [`${ARN}/prod`, '--yes']), 0);
    assert.equal(await ask('flush', [`${ARN}/prod`, '--yes'], reader), 1);
    assert.equal(await ask('flush', [`${ARN}/prod`, '--yes', '--wait']), 0);
    assert.equal(await ask('check-target', [`${ARN}/prod/GET/pets`]), 0);
    assert.equal(await ask('check-target', [`${ARN}/prod/GET/pets`], reader), 1);
  });

  it('has everything that the page says', () => {
    // These take what a test of one gateway does not have: profiles, custom domains, broken answers, entity tags,
    // somebody in between.
    const elsewhere = /identity\.profile|target\.(?:domain|host)|failure\.status|\.etag|\.answerer|\.extent/;
    const promised = ['invalidate', 'stage-cache', 'flush', 'check-target'].flatMap((command) =>
      [...common, ...(sections.get(command) ?? [])].map((member) => `${command} ${member}`),
    );
    assert.deepEqual(
      promised.filter((member) => !seen.has(member) && !elsewhere.test(member)),
      [],
    );
  });
});
