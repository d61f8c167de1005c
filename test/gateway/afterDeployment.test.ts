import assert from 'node:assert/strict';
import { cacheChart, sparkline } from '../../server/src/gateway/chart';
import type { GatewayHost } from '../../server/src/gateway/host';
import { type CliWorld, runCli } from '../cli/memoryIo';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { manager, petstore } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const chief: CallerConfig = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
/** May count the stage and not its methods. */
const counter: CallerConfig = {
  ...manager,
  accessKeyId: 'AKIACOUNTERS7EXAMPLE',
  statements: [
    {
      Effect: 'Allow',
      Action: ['apigateway:*', 'cloudwatch:GetMetricData'],
      Resource: '*',
    },
  ],
};
/** May flush, and read nothing. */
const flusher: CallerConfig = {
  ...manager,
  accessKeyId: 'AKIAFLUSHERS7EXAMPLE',
  statements: [{ Effect: 'Allow', Action: 'apigateway:DELETE', Resource: '*' }],
};

describe('after a deployment', () => {
  let gateway: LoopbackGateway;
  let release = 1;
  const waits: number[] = [];
  beforeEach(async () => {
    release = 1;
    waits.length = 0;
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          stages: petstore.stages.map((stage) => ({
            ...stage,
            detailedMetrics: true,
            ...(stage.name === 'prod' ? { slowFlush: 3 } : {}),
          })),
          routes: [
            ...petstore.routes,
            {
              method: 'GET',
              path: '/version',
              auth: 'AWS_IAM',
              cache: { keyParameters: [] },
              integration: {
                kind: 'reply',
                reply: () => ({ status: 200, headers: {}, body: JSON.stringify({ release }) }),
              },
            },
          ],
        },
      ],
      callers: [chief, counter, flusher],
      customDomains: [{ name: 'api.example.com', basePath: 'v1', apiId: petstore.id, stage: 'prod' }],
    });
  });
  afterEach(() => gateway.close());

  const run = (
    argv: readonly string[],
    {
      caller = chief,
      host = {},
      ...world
    }: CliWorld & { readonly caller?: CallerConfig; readonly host?: Partial<GatewayHost> } = {},
  ) =>
    runCli([...argv, '--control-endpoint', gateway.url], {
      ...world,
      io: {
        gatewayHost: async () =>
          hostOf(caller, {
            wait: async (milliseconds) => {
              waits.push(milliseconds);
            },
            ...host,
          }),
        ...world.io,
      },
    });
  const read = (path: string) =>
    plainRequest({
      url: `${gateway.endpoint.replace('{apiId}', petstore.id)}/prod/${path}`,
      signedBy: chief,
    });

  describe('iam-policy flush --wait', () => {
    const flush = ['flush', '--yes', '--wait'];

    it('waits until the stage is flushed', async () => {
      const { stdout, exitCode } = await run([...flush, `${ARN}/prod`]);
      assert.match(stdout, /^Flushed: the cache of the whole stage is empty\n.*Waited 4 s\./);
      assert.deepEqual([exitCode, waits], [0, [2000, 2000]]);
    });

    it('waits until an entry is new, where one is named', async () => {
      await read('version');
      release = 2;
      const argv = [...flush, `${ARN}/prod/GET/version`, '--endpoint', gateway.endpoint, '--format', 'json'];
      const { stdout, exitCode } = await run(argv);
      const { verdict, wait } = JSON.parse(stdout);
      assert.deepEqual([verdict.reason, wait.state, exitCode], ['entry-renewed', 'renewed', 0]);
      assert.match((await read('version')).body, /"release":2/);
    });

    it('gives up at the limit, and exits 1: the answer may be the same again', async () => {
      await read('version');
      const argv = [...flush, `${ARN}/prod/GET/version`, '--endpoint', gateway.endpoint, '--wait-limit', '9'];
      const { stdout, exitCode } = await run(argv);
      assert.match(stdout, /^Flushed, but not seen to be done in time\n.*Waited 9 s\./);
      assert.equal(exitCode, 1);
      assert.equal(
        waits.reduce((sum, wait) => sum + wait, 0),
        9000,
      );
    });

    it('says where it may not look, and where it may not flush', async () => {
      const blind = await run([...flush, `${ARN}/prod`], { caller: flusher });
      assert.match(blind.stdout, /^Flushed, but whether it is done cannot be read/);
      assert.equal(blind.exitCode, 1);
      const refused = await run([...flush, `${ARN}/nowhere`]);
      assert.match(refused.stdout, /no such REST API or stage/);
      assert.deepEqual([refused.exitCode, waits], [1, []]);
    });

    it('is called off', async () => {
      const abort = new AbortController();
      const { stdout, exitCode } = await run([...flush, `${ARN}/prod`], {
        host: { wait: async () => abort.abort() },
        io: { interruption: () => abort.signal },
      });
      assert.match(stdout, /^Flushed, and no longer waited for/);
      assert.equal(exitCode, 2);
    });
  });

  describe('iam-policy flush', () => {
    it('empties what the authorizers answered, and no entry', async () => {
      const before = (await read('pets')).body;
      const asked: string[] = [];
      const argv = ['flush', `${ARN}/silent`, '--authorizers'];
      const { stdout, exitCode } = await run(argv, {
        io: {
          confirm: async (question) => {
            asked.push(question);
            return 'yes';
          },
        },
      });
      assert.match(stdout, /^Flushed: the authorizers' cache/);
      assert.match(asked[0] ?? '', /^Flush the cached answers of the authorizers of stage silent/);
      assert.equal(exitCode, 0);
      assert.equal((await read('pets')).body, before);
      assert.ok(gateway.requests.some(({ path }) => path.endsWith('/stages/silent/cache/authorizers')));
      const waiting = await run([...argv, '--yes', '--wait']);
      assert.match(waiting.stderr, /nothing to wait for/);
      assert.equal(waiting.exitCode, 2);
    });

    it('takes a custom domain, as does stage-cache', async () => {
      const url = 'https://api.example.com/v1/pets';
      const place = ['--domain', 'api.example.com/v1', '--region', 'us-east-1'];
      const told = [...place, '--api-id', 'a1b2c3d4e5', '--stage', 'strict'];
      assert.equal((await run(['flush', url, ...told, '--yes'])).exitCode, 0);
      assert.match((await run(['stage-cache', url, ...told])).stdout, /^# Cache of stage `strict`/);
      const open = await run(['stage-cache', url, ...place]);
      assert.match(open.stderr, /add --api-id.*--stage/);
      const foreign = await run(['stage-cache', url]);
      assert.match(foreign.stderr, /--domain NAME\/BASEPATH/);
      assert.deepEqual([open.exitCode, foreign.exitCode], [2, 2]);
    });
  });

  describe('iam-policy stage-cache --metrics', () => {
    it('draws the hour, and counts each method where it is counted on its own', async () => {
      for (const path of ['pets', 'pets', 'pets', 'pets/7']) {
        await read(path);
      }
      const { stdout, exitCode } = await run(['stage-cache', `${ARN}/prod`, '--metrics']);
      assert.equal(exitCode, 0);
      assert.match(stdout, /\nhits {3}\| {58,59}█ ?\| 2\nmisses \| {58,59}█ ?\| 2\n/);
      assert.match(
        stdout,
        /\| `GET \/pets` \| 2 \| 1 \| 67 % \|\n\| `GET \/pets\/\{petId\}` \| 0 \| 1 \| 0 % \|/,
      );
      const { metrics } = JSON.parse(
        (await run(['stage-cache', `${ARN}/prod`, '--metrics', '--format', 'json'])).stdout,
      );
      assert.deepEqual(metrics.methods[0], { method: 'GET', resource: '/pets', hits: 2, misses: 1 });
      assert.deepEqual([metrics.minutes[0].hits, metrics.minutes[0].misses], [2, 2]);
    });

    it('says which permission the methods take, and shows the stage all the same', async () => {
      const { stdout, exitCode } = await run(['stage-cache', `${ARN}/prod`, '--metrics'], {
        caller: counter,
      });
      assert.match(stdout, /counts of each method were not read: .*cloudwatch:ListMetrics/);
      assert.equal(exitCode, 0);
    });
  });

  describe('iam-policy stage-cache --watch', () => {
    const watch = async (looks: number, world: CliWorld = {}, argv: readonly string[] = []) => {
      const abort = new AbortController();
      let left = looks;
      const result = await run(['stage-cache', `${ARN}/prod`, '--watch', ...argv], {
        ...world,
        host: {
          wait: async (milliseconds) => {
            waits.push(milliseconds);
            await read('pets');
            left -= 1;
            if (left === 0) {
              abort.abort();
            }
          },
        },
        io: { interruption: () => abort.signal },
      });
      return result;
    };

    it('draws over itself on a terminal until it is interrupted', async () => {
      const { stdout, exitCode } = await watch(3, { isTty: true });
      assert.equal(exitCode, 0);
      assert.deepEqual(waits, [60_000, 60_000, 60_000]);
      const drawings = stdout.split('\u001b[4A\r\u001b[J');
      assert.equal(drawings.length, 3);
      assert.match(drawings[0] ?? '', /^Cache of stage prod of a1b2c3d4e5.*\nhits {3}\| {60}\| 0\n/);
      assert.match(drawings[2] ?? '', /\nhits {3}\| {58,59}█ ?\| 1\nmisses \| {58,59}█ ?\| 1\n/);
    });

    it('prints a line each time where no terminal is, or JSON', async () => {
      const lines = (await watch(2, {}, ['--interval', '5'])).stdout.trimEnd().split('\n');
      assert.equal(lines.length, 2);
      assert.match(lines[1] ?? '', /^\S+Z 0 hits and 1 miss in 60 minutes, 0 and 1 at \S+Z$/);
      assert.deepEqual(waits, [5000, 5000]);
      const json = (await watch(2, {}, ['--format', 'json'])).stdout.trimEnd().split('\n');
      assert.equal(JSON.parse(json[1] ?? '').stage.stage, 'prod');
    });

    it('ends at once where it may not look', async () => {
      const { stdout, exitCode } = await run(['stage-cache', `${ARN}/prod`, '--watch'], { caller: flusher });
      assert.match(stdout, /^Refused/);
      assert.deepEqual([exitCode, waits], [1, []]);
    });
  });
});

describe('a chart of hits and misses', () => {
  it('shows whatever is more than nothing, and the highest as a whole bar', () => {
    assert.equal(sparkline([0, 1, 500, 1000], 1000), ' ▁▄█');
    assert.equal(sparkline([0, 0], 0), '  ');
    assert.equal(sparkline([], 0), '');
  });

  it('has the latest minute last, and sums up where there are more minutes than columns', () => {
    const to = new Date('2026-11-29T10:10:30Z');
    const from = new Date('2026-11-29T10:00:30Z');
    const minute = (at: string, hits: number, misses: number) => ({ at: new Date(at), hits, misses });
    const minutes = [
      minute('2026-11-29T09:00:00Z', 99, 99),
      minute('2026-11-29T10:01:00Z', 4, 0),
      minute('2026-11-29T10:10:00Z', 2, 1),
    ];
    assert.deepEqual(cacheChart(minutes, { from, to, columns: 10 }), [
      'hits   |█        ▄| 6',
      'misses |         ▂| 1',
      '10:00 to 10:10 UTC, a minute a column, the highest is 4',
    ]);
    assert.deepEqual(cacheChart(minutes, { from, to, columns: 5 }).slice(0, 2), [
      'hits   |█   ▄| 6',
      'misses |    ▂| 1',
    ]);
  });
});
