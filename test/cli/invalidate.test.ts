import assert from 'node:assert/strict';
import type { GatewayHost } from '../../server/src/gateway/host';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { hostOf } from '../support/callerHost';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { invalidator, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { type CliWorld, runCli } from './memoryIo';

const PREFIX = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const CONCRETE = `${PREFIX}/prod/GET/pets/7`;
const STRICT = `${PREFIX}/strict/GET/pets/7`;
const OPEN = `${PREFIX}/*/GET/pets/*`;

const URL_OF_PET = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/7';

function invalidate(arn: string, options: readonly string[], world: CliWorld = {}) {
  return runCli(['invalidate', arn, ...options], world);
}

describe('iam-policy invalidate: the target', () => {
  const url = URL_OF_PET;

  it('prints the request of a dry run without asking for credentials or a host', async () => {
    const run = await invalidate(CONCRETE, ['--dry-run']);
    assert.equal(run.stdout.split('\n')[0], `GET ${url}`);
    assert.match(run.stdout, /^cache-control: max-age=0$/m);
    assert.doesNotMatch(run.stdout, /authorization|x-amz/i);
    assert.deepEqual([run.stderr, run.exitCode], ['', 0]);
  });

  it('fills in what the ARN leaves open, with or without a slash before the path', async () => {
    for (const path of ['pets/7', '/pets/7']) {
      const run = await invalidate(OPEN, [
        '--dry-run',
        '--format',
        'json',
        '--stage',
        'prod',
        '--path',
        path,
      ]);
      assert.equal(JSON.parse(run.stdout).url, url);
    }
  });

  it('sends query and headers of the cache key, and shows no secret among them', async () => {
    const run = await invalidate(CONCRETE, [
      '--dry-run',
      ...['--query', 'page=1=2', '--query', 'token=s3cr3tvalue'],
      ...['--header', 'X-Tenant: blue', '--header', 'X-Session-Token: s3cr3tvalue'],
    ]);
    assert.equal(run.stdout.split('\n')[0], `GET ${url}?page=1%3D2&token=[redacted]`);
    assert.match(run.stdout, /^x-tenant: blue$/m);
    assert.match(run.stdout, /^x-session-token: \[redacted\]$/m);
    assert.doesNotMatch(run.stdout, /s3cr3tvalue/);
  });

  for (const [name, arn, options, message] of [
    ['an open part', OPEN, ['--stage', 'prod'], /add --path \(the ARN has 'pets\/\*'\)/],
    ['several open parts', OPEN, [], /add --stage \(the ARN has '\*'\), --path/],
    ['a contradiction', CONCRETE, ['--stage', 'dev'], /--stage dev contradicts the ARN, which has 'prod'/],
    ['what is no execute-api ARN', 'arn:aws:s3:::bucket', [], /This is an ARN of s3/],
    ['a method in lower case', CONCRETE.replace('GET', 'get'), [], /add --method \(the ARN has 'get'\)/],
    ['what has no cache', `${PREFIX}/prod/$default`, [], /cache/],
    ['an answer that is a wildcard', OPEN, ['--stage', '*', '--path', 'pets/7'], /has a wildcard/],
    ['a foreign Region', CONCRETE.replace('us-east-1', '*'), ['--region', 'cn-north-1'], /partition/],
    ['plain http', CONCRETE, ['--endpoint', 'http://example.com/{apiId}'], /http/],
    ['a method that may change something', CONCRETE.replace('GET', 'DELETE'), [], /add --method DELETE/],
    ['half a pair', CONCRETE, ['--query', 'page'], /NAME=VALUE/],
    ['a pair without a name', CONCRETE, ['--query', '=1'], /NAME=VALUE/],
    ['a header without a name', CONCRETE, ['--header', ': blue'], /NAME:VALUE/],
    ['a header without a colon', CONCRETE, ['--header', 'X-Tenant=blue'], /NAME:VALUE/],
    ['a timeout of nothing', CONCRETE, ['--timeout', '0'], /Give seconds/],
    ['an API key that is not there', CONCRETE, ['--api-key-env', 'd41d8cd98f00b204'], /names is not set/],
    [
      'a comparison that may change something',
      CONCRETE.replace('GET', 'POST'),
      ['--method', 'POST', '--verify'],
      /POST may change/,
    ],
    ['a marker that is none', CONCRETE, ['--verify-marker', 'x-version'], /header:NAME or json:/],
    ['another port of AWS', `${URL_OF_PET}`.replace('.com', '.com:444'), [], /own port only\.$/],
    ['a host of somebody else', URL_OF_PET.replace('.com', '.com.evil.example'), [], /--domain NAME/],
    ['a profile for nobody', CONCRETE, ['--unsigned', '--profile', 'dev'], /--profile/],
  ] as const) {
    it(`is a usage error for ${name}`, async () => {
      const run = await invalidate(arn, options);
      assert.match(run.stderr.trimEnd(), message);
      assert.doesNotMatch(run.stderr, /d41d8cd98f00b204/);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('takes the path of a URL as it is', async () => {
    for (const path of ['a%20b', 'a%2Fb', '%252e', 'caf%C3%A9', '@me/$all;v=1', 'x/', '']) {
      const run = await invalidate(URL_OF_PET.replace('pets/7', path), ['--dry-run']);
      assert.equal(run.stdout.split('\n')[0], `GET ${URL_OF_PET.replace('pets/7', path)}`, run.stderr);
    }
  });

  it('takes the API key from the environment, and shows nothing of it', async () => {
    const env = { PET_KEY: 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE' };
    for (const format of ['--dry-run', '--curl']) {
      const run = await invalidate(CONCRETE, [format, '--api-key-env', 'PET_KEY'], { env });
      assert.match(run.stdout, /x-api-key: (?:\[redacted\]|\$API_KEY)/);
      assert.doesNotMatch(run.stdout, /d41d8/);
    }
  });

  it('takes any method that is named on purpose', async () => {
    const run = await invalidate(CONCRETE.replace('GET', 'POST'), ['--dry-run', '--method', 'POST']);
    assert.equal(run.stdout.split('\n')[0], `POST ${url}`);
  });
});

describe('iam-policy invalidate: the answer', () => {
  let gateway: LoopbackGateway;

  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [invalidator, reader] });
  });
  after(() => gateway.close());

  function send(
    arn: string,
    caller: typeof invalidator,
    options: readonly string[] = [],
    world: CliWorld = {},
  ) {
    return invalidate(arn, ['--endpoint', gateway.endpoint, ...options], {
      ...world,
      io: { gatewayHost: async () => hostOf(caller) },
    });
  }

  const plain = async () =>
    (
      await plainRequest({
        url: `${gateway.url}/_aws/execute-api/a1b2c3d4e5/prod/pets/7`,
        signedBy: reader,
      })
    ).body;

  it('exits 0 when it is accepted, and the entry is a fresh one', async () => {
    const stale = await plain();
    assert.equal(await plain(), stale, 'the gateway caches');
    const run = await send(CONCRETE, invalidator);
    assert.equal(run.exitCode, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /^Accepted/);
    assert.match(run.stdout, /sent: +GET http:\/\/127\.0\.0\.1/);
    assert.match(run.stdout, /as: +access key \*\*\*\*MPLE/);
    assert.notEqual(await plain(), stale);
  });

  it('sends the API key', async () => {
    const env = { PET_KEY: petstore.apiKeys?.[0] };
    const metered = CONCRETE.replace('pets/7', 'metered');
    assert.equal((await send(metered, invalidator)).exitCode, 1);
    const run = await send(metered, invalidator, ['--api-key-env', 'PET_KEY'], { env });
    assert.equal(run.exitCode, 0, run.stdout);
    assert.ok(!run.stdout.includes('d41d8cd9'));
  });

  it('compares by the marker it is given', async () => {
    const by = async (marker: string) =>
      JSON.parse((await send(CONCRETE, invalidator, ['--verify-marker', marker, '--format', 'json'])).stdout)
        .proof;
    const changed = await by('json:/fetches');
    assert.equal(changed.finding, 'changed');
    assert.equal(Number(changed.reads[2].marker), Number(changed.reads[0].marker) + 1);
    assert.equal((await by('json:/path')).finding, 'unchanged');
    assert.equal((await by('header:content-type')).finding, 'unchanged');
    assert.equal((await by('header:x-version')).finding, 'no-marker');
    assert.equal((await by('json:/fetches/constructor')).finding, 'no-marker');
  });

  it('prints JSON that a terminal takes for text', async () => {
    const sent = '\u009b31m\u202e\u{e0041}é';
    const host: GatewayHost = {
      ...hostOf(invalidator),
      send: async () => ({
        kind: 'response',
        response: {
          status: 418,
          headers: [],
          body: sent,
          bodyBytes: 1,
          bodyDigest: '',
          truncated: false,
          timings: { firstByteMs: 1, totalMs: 1 },
        },
      }),
    };
    const run = await invalidate(CONCRETE, ['--format', 'json'], { io: { gatewayHost: async () => host } });
    assert.doesNotMatch(run.stdout, /[\u009b\u202e\u{e0041}]/u);
    assert.equal(JSON.parse(run.stdout).response.body, sent);
  });

  it('exits 1 when it is ignored, and says so', async () => {
    const stale = await plain();
    const run = await send(CONCRETE, reader);
    assert.equal(run.exitCode, 1);
    assert.match(run.stdout, /^Ignored/);
    assert.equal(await plain(), stale);
  });

  it('has a colour on a terminal that tells what came of it', async () => {
    const colour = async (arn: string, caller: typeof invalidator) =>
      /^\u001b\[(\d+)m/.exec((await send(arn, caller, [], { isTty: true })).stdout)?.[1];
    const [green, yellow, red] = ['32', '33', '31'];
    assert.equal(await colour(CONCRETE, invalidator), green);
    assert.equal(await colour(CONCRETE, reader), yellow);
    assert.equal(await colour(STRICT, reader), red);
  });

  it('exits 1 when it is refused', async () => {
    const run = await send(STRICT, reader, ['--format', 'json']);
    assert.equal(run.exitCode, 1);
    const report = JSON.parse(run.stdout);
    assert.equal(report.verdict.kind, 'refused');
    assert.equal(report.response.status, 403);
    const { errorType, message } = report.response;
    assert.ok(errorType !== undefined && message !== undefined);
    const text = (await send(STRICT, reader)).stdout;
    assert.ok(text.includes(`\n  answer:     HTTP 403 after `), text);
    assert.ok(text.includes(`\n  error:      ${errorType}: ${message}\n`), text);
    const accepted = (await send(CONCRETE, invalidator)).stdout;
    assert.doesNotMatch(accepted, /^ {2}(?:error|failure):/m);
  });

  it('exits 1 when nobody signed and the gateway wanted it', async () => {
    const run = await send(CONCRETE, invalidator, ['--unsigned']);
    assert.equal(run.exitCode, 1);
    assert.match(run.stdout, /as: +nobody \(unsigned\)/);
  });

  it('exits 2 when nothing listens', async () => {
    const deaf = await startLoopbackGateway({ apis: [petstore], callers: [] });
    await deaf.close();
    const run = await invalidate(CONCRETE, ['--endpoint', deaf.endpoint, '--unsigned', '--format', 'json'], {
      io: { gatewayHost: async () => createGatewayHost() },
    });
    assert.equal(JSON.parse(run.stdout).verdict.kind, 'unreachable');
    assert.equal(run.exitCode, 2);
  });

  it('exits 2 without credentials', async () => {
    const host: GatewayHost = {
      ...createGatewayHost(),
      credentials: async () => ({
        kind: 'failure',
        failure: { kind: 'profile-not-found', message: 'no such profile' },
      }),
    };
    const run = await invalidate(CONCRETE, ['--profile', 'nobody'], {
      io: { gatewayHost: async () => host },
    });
    assert.match(run.stdout, /^Not sent/);
    assert.match(run.stdout, /--profile NAME/);
    assert.equal(run.exitCode, 2);
  });

  it('exits 2 when the user interrupts', async () => {
    const controller = new AbortController();
    const host: GatewayHost = {
      ...hostOf(invalidator),
      // Never answers: only the interruption can end it.
      send: () => {
        controller.abort();
        return new Promise(() => {});
      },
    };
    const run = await invalidate(CONCRETE, [], {
      io: { gatewayHost: async () => host, interruption: () => controller.signal },
    });
    assert.match(run.stdout, /^Cancelled/);
    assert.equal(run.exitCode, 2);
  });

  it('prints no secret, whatever the outcome', async () => {
    for (const format of ['text', 'json']) {
      for (const arn of [CONCRETE, STRICT]) {
        const run = await send(arn, reader, ['--format', format]);
        assert.equal(run.stdout.includes(reader.secretAccessKey), false);
        assert.doesNotMatch(run.stdout, /Signature=[0-9a-f]{8}/);
        assert.equal(run.stdout.includes(reader.accessKeyId), false);
      }
    }
  });

  for (const [reason, command] of [
    ['login-expired', 'aws login'],
    ['sso-login-expired', 'aws sso login'],
  ] as const) {
    it(`advises ${command} for a login of that kind, and the profile`, async () => {
      const host = {
        ...hostOf(invalidator),
        credentials: async () =>
          ({ kind: 'failure', failure: { kind: reason, message: 'The login is over.' } }) as const,
      };
      const io = { gatewayHost: async () => host };
      for (const name of ['invalidate', 'stage-cache']) {
        const run = await runCli([name, `${PREFIX}/prod/GET/pets`, '--profile', "it's"], { io });
        assert.ok(run.stdout.includes(`Log in again (${command} --profile 'it'\\''s')`), run.stdout);
        assert.equal(run.exitCode, 2);
      }
    });
  }
});
