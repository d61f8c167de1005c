import assert from 'node:assert/strict';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { invalidator, manager, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { type CliWorld, runCli } from './memoryIo';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

describe('the command line and the control plane of AWS', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [invalidator, manager, reader] });
  });
  after(() => gateway.close());

  const cli = (caller: CallerConfig, argv: readonly string[], io: CliWorld['io'] = {}) =>
    runCli([...argv, '--control-endpoint', gateway.url], {
      io: { gatewayHost: async () => hostOf(caller), ...io },
    });
  const reach = () => ['--endpoint', gateway.endpoint];

  describe('iam-policy stage-cache', () => {
    it('prints the page of the stage, whatever the ARN leaves open below it', async () => {
      const run = await cli(manager, ['stage-cache', `${ARN}/prod/*`]);
      assert.match(run.stdout, /^# Cache of stage `prod` of `a1b2c3d4e5`\n/);
      assert.deepEqual([run.stderr, run.exitCode], ['', 0]);
    });

    it('takes an ARN that ends with the stage', async () => {
      for (const arn of [`${ARN}/prod`, `${ARN}/prod/`]) {
        const run = await cli(manager, ['stage-cache', arn]);
        assert.match(run.stdout, /^# Cache of stage `prod`/, run.stderr);
      }
    });

    it('says what the settings mean for a request', async () => {
      const run = await cli(manager, ['stage-cache', `${ARN}/silent/GET/pets/7`]);
      assert.match(run.stdout, /## GET \/pets\/7\n/);
      assert.match(run.stdout, /ignore unauthorized invalidations silently/);
    });

    it('prints JSON for programs', async () => {
      const { stdout } = await cli(manager, ['stage-cache', `${ARN}/mixed/GET/metered`, '--format', 'json']);
      const { verdict, settings, settled, findings } = JSON.parse(stdout);
      assert.deepEqual(
        [verdict.reason, settings.size, settled.authorization, findings.length],
        ['stage-read', '1.6', 'not-required', 2],
      );
    });

    it('exits 1 when it is refused, and names the permission', async () => {
      const run = await cli(reader, ['stage-cache', `${ARN}/prod/*`]);
      assert.match(run.stdout, /^Refused.*\n.*needs apigateway:GET on arn:aws:apigateway/);
      assert.equal(run.exitCode, 1);
    });

    it('tells hits and misses with --metrics, and what they cannot tell', async () => {
      const chief = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' } as const] };
      const counting = await startLoopbackGateway({ apis: [petstore], callers: [chief] });
      try {
        const url = `${counting.endpoint.replace('{apiId}', petstore.id)}/prod/public/x`;
        for (const _ of [1, 2, 3, 4]) {
          await plainRequest({ url });
        }
        const argv = ['stage-cache', `${ARN}/prod`, '--metrics', '--control-endpoint', counting.url];
        const io = { gatewayHost: async () => hostOf(chief) };
        const run = await runCli(argv, { io });
        assert.match(run.stdout, /\| Hits \| 3 \(75 %\) \|\n\| Misses \| 1 \|/, run.stderr);
        assert.match(run.stdout, /cannot tell about one entry/);
        const { metrics } = JSON.parse((await runCli([...argv, '--format', 'json'], { io })).stdout);
        assert.deepEqual([metrics.hits, metrics.misses], [3, 1]);
        assert.equal(Date.parse(metrics.to) - Date.parse(metrics.from), 3_600_000);
        const none = await runCli(['stage-cache', `${ARN}/silent`, ...argv.slice(2)], { io });
        assert.match(none.stdout, /None were counted/);
      } finally {
        await counting.close();
      }
    });

    it('watches hits and misses until the user interrupts, a line each time where there is no terminal', async () => {
      const chief = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' } as const] };
      const counting = await startLoopbackGateway({ apis: [petstore], callers: [chief] });
      /** The answers of so many requests, between which something happens. */
      const watch = (
        more: readonly string[],
        between: readonly (() => Promise<unknown>)[],
        isTty = false,
      ) => {
        const end = new AbortController();
        const rounds = [...between];
        const waited: number[] = [];
        const wait = async (ms: number): Promise<void> => {
          waited.push(ms);
          const next = rounds.shift();
          await (next === undefined ? end.abort() : next());
        };
        return runCli(
          ['stage-cache', `${ARN}/prod`, '--watch', '--control-endpoint', counting.url, ...more],
          {
            isTty,
            io: {
              gatewayHost: async () => ({ ...hostOf(chief), wait }),
              interruption: () => end.signal,
            },
          },
        ).then((run) => ({ ...run, waited }));
      };
      const read = () =>
        plainRequest({ url: `${counting.endpoint.replace('{apiId}', petstore.id)}/prod/public/x` });
      try {
        const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
        const lines = await watch(['--interval', '7'], [read]);
        assert.deepEqual(lines.stdout.replace(time, 'T').split('\n'), [
          'T 0 hits and 0 misses in 60 minutes',
          'T 0 hits and 1 miss in 60 minutes, 0 and 1 at T',
          '',
        ]);
        assert.deepEqual([lines.exitCode, lines.stderr, lines.waited], [0, '', [7000, 7000]]);
        const json = await watch(['--format', 'json'], [read]);
        assert.deepEqual(
          json.stdout
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line).metrics)
            .map(({ hits, misses }) => [hits, misses]),
          [
            [0, 1],
            [1, 1],
          ],
        );
        const drawn = await watch([], [read], true);
        const [first = '', second = '', ...rest] = drawn.stdout.split('\u001b[');
        assert.match(first, /^Cache of stage prod of a1b2c3d4e5, by CloudWatch/);
        assert.equal(second, `${first.trimEnd().split('\n').length}A\r`, 'back to the first line');
        assert.equal(rest.length, 1);
        assert.equal((await watch([], [() => counting.close()])).exitCode, 0, 'one answer may be missing');
      } finally {
        await counting.close().catch(() => undefined);
      }
      const gone = await watch([], []);
      assert.equal(gone.exitCode, 2, 'the first may not');
      assert.match(gone.stdout, /refused|reached/);
    });

    it('gives up watching after three answers in a row that did not come', async () => {
      const chief = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' } as const] };
      const counting = await startLoopbackGateway({ apis: [petstore], callers: [chief] });
      let rounds = 0;
      const wait = async (): Promise<void> => {
        rounds += 1;
        if (rounds === 1) {
          await counting.close();
        }
      };
      const run = await runCli(
        ['stage-cache', `${ARN}/prod`, '--watch', '--control-endpoint', counting.url],
        { io: { gatewayHost: async () => ({ ...hostOf(chief), wait }) } },
      );
      assert.equal(run.stderr.match(/the metrics were not read: /g)?.length, 2);
      assert.equal(rounds, 3);
      assert.equal(run.exitCode, 2);
    });

    it('says which permission the metrics lack, and exits 1 beside the settings', async () => {
      const run = await cli(manager, ['stage-cache', `${ARN}/prod`, '--metrics']);
      assert.match(run.stdout, /^# Cache of stage/);
      assert.match(run.stderr, /metrics were not read: .*needs apigateway:GET on .*a1b2c3d4e5\./);
      assert.equal(run.exitCode, 1);
    });

    it('names the options that the command has', async () => {
      const run = await runCli(['stage-cache', `${ARN}/prod`, '--control-endpoint', 'http://127.0.0.1:1'], {
        io: { gatewayHost: async () => hostOf(manager) },
      });
      assert.match(run.stdout, /Check the endpoint \(--control-endpoint URL\)/);
      const missing = await cli(manager, ['stage-cache', `${ARN}/beta`]);
      assert.match(missing.stdout, /\(--api-id ID, --stage NAME\)/);
    });

    it('exits 2 when nothing could be asked, and for wrong usage', async () => {
      const elsewhere = ['--control-endpoint', 'https://evil.example'];
      const refused = await runCli(['stage-cache', `${ARN}/prod/*`, ...elsewhere], {
        io: { gatewayHost: async () => hostOf(manager) },
      });
      assert.match(refused.stdout, /only be replaced by one on this machine/);
      assert.equal(refused.exitCode, 2);
      const open = await cli(manager, ['stage-cache', `${ARN}/*`]);
      assert.match(open.stderr, /does not name one stage; add --stage/);
      const url = await runCli(['stage-cache', 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/']);
      assert.match(url.stderr, /the URL does not name one stage; add --stage$/m);
      assert.equal(open.exitCode, 2);
    });
  });

  describe('iam-policy flush', () => {
    const flush = [`${ARN}/prod/*`];

    it('flushes after a yes, and asks about the right stage', async () => {
      const asked: string[] = [];
      const run = await cli(manager, ['flush', ...flush], {
        confirm: async (question) => {
          asked.push(question);
          return 'yes';
        },
      });
      assert.match(run.stdout, /^Flushed/);
      assert.equal(run.exitCode, 0);
      assert.deepEqual(asked, ['Flush every cache entry of stage prod of a1b2c3d4e5 in us-east-1?']);
    });

    it('flushes nothing after a no, or where nobody can be asked', async () => {
      const sent = gateway.requests.length;
      const no = await cli(manager, ['flush', ...flush], { confirm: async () => 'no' });
      const nobody = await cli(manager, ['flush', ...flush]);
      assert.deepEqual([no.exitCode, nobody.exitCode], [2, 2]);
      assert.match(nobody.stderr, /--yes/);
      assert.equal(gateway.requests.length, sent);
    });

    it('asks nobody with --yes, and exits 1 when it is refused', async () => {
      assert.equal((await cli(manager, ['flush', ...flush, '--yes'])).exitCode, 0);
      assert.equal((await cli(reader, ['flush', ...flush, '--yes'])).exitCode, 1);
    });

    it('reads with --wait the entry that is named, and none where only the stage is', async () => {
      const host = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
      const reads = async (text: string): Promise<number> => {
        const sent = gateway.requests.length;
        const run = await cli(manager, ['flush', text, '--yes', '--wait', '--wait-limit', '1', ...reach()], {
          gatewayHost: async () => ({ ...hostOf(manager), wait: async () => undefined }),
        });
        assert.match(run.stdout, /^Flushed/, run.stderr);
        return gateway.requests.slice(sent).filter(({ path }) => path.startsWith('/_aws/execute-api/'))
          .length;
      };
      for (const stage of [`${ARN}/prod`, `${ARN}/prod/*`, `${ARN}/prod/GET/*`, `${host}/prod`]) {
        assert.equal(await reads(stage), 0, stage);
      }
      assert.ok((await reads(`${ARN}/prod/GET/public/x`)) >= 2);
    });

    it('refuses an HTTP API with the reason', async () => {
      const run = await cli(manager, ['flush', `${ARN}/$default/GET/pets`, '--yes']);
      assert.match(run.stderr + run.stdout, /no cache|have no cache|cache/);
      assert.equal(run.exitCode, 2);
    });
  });

  describe('iam-policy invalidate', () => {
    const url = () => `${gateway.endpoint.replace('{apiId}', petstore.id)}/prod/pets?page=1`;

    it('takes a URL', async () => {
      const run = await cli(invalidator, ['invalidate', url(), '--region', 'us-east-1']);
      assert.match(run.stdout, /^Accepted/);
      assert.match(run.stdout, /\/prod\/pets\?page=1\n/);
      assert.equal(run.exitCode, 0);
    });

    it('reads before and after with --verify', async () => {
      const run = await cli(invalidator, ['invalidate', url(), '--region', 'us-east-1', '--verify']);
      assert.match(run.stdout, /\nChanged: /);
      assert.match(run.stdout, /\n {2}before: +HTTP 200 body [0-9a-f]{16} after \d+ ms\n {2}before, again: /);
    });

    it('knows who signs with --whoami, and sends nothing across accounts', async () => {
      const own = await cli(invalidator, ['invalidate', `${ARN}/prod/GET/pets`, '--whoami', ...reach()]);
      assert.match(own.stdout, /known to AWS as arn:aws:iam::123456789012:user\/Ana/);
      assert.equal(own.exitCode, 0);
      const foreign = ARN.replace('123456789012', '999999999999');
      const run = await cli(invalidator, ['invalidate', `${foreign}/prod/GET/pets`, '--whoami', ...reach()]);
      assert.match(run.stdout, /^Not sent: the API belongs to another account/);
      assert.equal(run.exitCode, 2);
    });

    it('knows the settings of the stage with --read-stage', async () => {
      const run = await cli(manager, ['invalidate', `${ARN}/uncached/GET/pets`, '--read-stage', ...reach()]);
      assert.match(run.stdout, /^Nothing to invalidate: the stage caches nothing for this request/);
      assert.equal(run.exitCode, 1);
    });

    it('prints a curl command without sending', async () => {
      const sent = gateway.requests.length;
      const run = await cli(invalidator, ['invalidate', `${ARN}/prod/GET/pets`, '--curl']);
      assert.match(run.stdout, /^curl .* \\\n {2}'https:\/\/a1b2c3d4e5\.execute-api/);
      assert.equal(gateway.requests.length, sent);
    });

    it('takes a custom domain that is named as one’s own, and no other', async () => {
      const domain = 'https://api.example.com/v1/pets/7';
      const own = await cli(invalidator, [
        'invalidate',
        domain,
        '--dry-run',
        ...['--domain', 'api.example.com/v1', '--region', 'us-east-1'],
        ...['--api-id', 'a1b2c3d4e5', '--stage', 'prod'],
      ]);
      assert.match(own.stdout, /^GET https:\/\/api\.example\.com\/v1\/pets\/7\n/);
      const other = await cli(invalidator, ['invalidate', domain, '--dry-run']);
      assert.match(other.stderr, /neither a host of API Gateway.*--domain NAME\/BASEPATH/s);
      assert.equal(other.exitCode, 2);
    });
  });
});
