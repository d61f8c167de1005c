import * as assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { renderBatch } from '../../server/src/gateway/batch';
import { curlCommand } from '../../server/src/gateway/curl';
import type { GatewayHost } from '../../server/src/gateway/host';
import { type InvalidationResult, invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { renderReport, toJson } from '../../server/src/gateway/report';
import type { AwsKeys } from '../../server/src/gateway/sign';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import type { VerdictKind } from '../../server/src/gateway/verdictTable';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { hostOf } from '../support/callerHost';
import {
  type ApiConfig,
  type CallerConfig,
  type Integration,
  type LoopbackGateway,
  startLoopbackGateway,
} from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { aTarget } from './targets';

/** Tells when a request has reached a faulty backend. */
const arrivals = new EventEmitter();

const SECRETS = {
  apiKey: 'api-key-of-the-tests-EXAMPLE',
  query: 'query+secret/EXAMPLE==',
  header: 'header-secret "quoted" EXAMPLE',
};

describe('Invalidating over a real socket', () => {
  let gateway: LoopbackGateway;
  const clock = { offsetMs: 0 };

  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [petstore, faultyApi()],
      callers: [invalidator, reader, nobody(), temporary(), expired()],
      now: () => new Date(Date.now() + clock.offsetMs),
    });
  });
  after(() => gateway.close());
  afterEach(() => {
    clock.offsetMs = 0;
  });

  it('replaces the cached entry: the next plain request is served the new body', async () => {
    const read = () => readEntry('prod', '/pets/1');
    assert.deepEqual([await read(), await read()], [1, 1]);

    const result = await run(invalidator, { stage: 'prod', path: 'pets/1' });
    assert.equal(result.verdict.kind, 'accepted');
    assert.equal(JSON.parse(result.response?.body ?? '').fetches, 2);
    assert.ok(result.verdict.caveats.length > 0);

    assert.equal(await read(), 2);
  });

  it('meets the entry of the query and headers that were given, and no other', async () => {
    const read = (page: string, tenant: string) =>
      readEntry('prod', `/pets?page=${page}&sort=x`, { 'X-Tenant': tenant });
    await read('a b', 'blue');
    await read('2', 'blue');
    await read('a b', 'red');
    const fetchesBefore = await read('a b', 'red');

    const result = await run(invalidator, {
      path: 'pets',
      query: [['page', 'a b']],
      headers: [['X-Tenant', 'blue']],
    });
    assert.equal(result.verdict.kind, 'accepted');

    assert.ok((await read('a b', 'blue')) > fetchesBefore);
    assert.equal(await read('a b', 'red'), fetchesBefore);
    assert.ok((await read('2', 'blue')) < fetchesBefore);
  });

  it('is ignored with a Warning header, and the entry stays', async () => {
    const fetches = await readEntry('prod', '/pets/2');
    const { verdict, response } = await run(reader, { path: 'pets/2' });
    assert.deepEqual([verdict.kind, verdict.reason], ['ignored', 'warning-header']);
    assert.equal(response?.status, 200);
    assert.equal(verdict.nextSteps[0]?.id, 'insert-statement');
    assert.equal(await readEntry('prod', '/pets/2'), fetches);
  });

  it('is refused with 403 where the stage is strict', async () => {
    const { verdict, response } = await run(reader, { stage: 'strict' });
    assert.deepEqual([verdict.kind, verdict.reason], ['refused', 'access-denied-invalidate-cache']);
    assert.equal(response?.errorType, 'AccessDeniedException');
  });

  it('looks accepted where the stage ignores it silently, and the caveat says so', async () => {
    const fetches = await readEntry('silent', '/pets/1');
    const { verdict } = await run(reader, { stage: 'silent' });
    assert.equal(verdict.kind, 'accepted');
    assert.ok(verdict.caveats.some((caveat) => caveat.includes('SUCCEED_WITHOUT_RESPONSE_HEADER')));
    assert.equal(await readEntry('silent', '/pets/1'), fetches);
  });

  it('looks accepted where there is no cache, and the caveat says so', async () => {
    const { verdict } = await run(reader, { stage: 'uncached' });
    assert.equal(verdict.kind, 'accepted');
    assert.ok(verdict.caveats.some((caveat) => caveat.includes('no cache')));
  });

  // Everything that the way it is sent and what the stream of the answer decide.
  interface Outcome {
    readonly name: string;
    readonly caller?: CallerConfig;
    readonly target?: Partial<InvalidationTarget>;
    readonly options?: Partial<InvalidateOptions>;
    readonly keys?: Partial<AwsKeys>;
    readonly clockOffsetMs?: number;
    readonly verdict: readonly [VerdictKind, reason: string];
  }
  const MINUTE = 60_000;
  const OUTCOMES: readonly Outcome[] = [
    {
      name: 'unsigned',
      options: { signing: 'unsigned' },
      verdict: ['refused', 'missing-authentication-token'],
    },
    {
      name: 'unsigned to an open stage',
      target: { stage: 'open', path: 'public/x' },
      options: { signing: 'unsigned' },
      verdict: ['accepted', 'no-warning'],
    },
    {
      name: 'with a wrong secret',
      keys: { secretAccessKey: 'this-is-not-the-secret/EXAMPLE' },
      verdict: ['badly-signed', 'signature-mismatch'],
    },
    {
      name: 'with an unknown key',
      keys: { accessKeyId: 'AKIAUNKNOWN0EXAMPLE0' },
      verdict: ['badly-signed', 'invalid-token'],
    },
    {
      name: 'for a wrong Region',
      target: { region: 'eu-west-1' },
      verdict: ['badly-signed', 'wrong-region-scope'],
    },
    {
      name: 'with a clock that is behind',
      clockOffsetMs: 6 * MINUTE,
      options: { retry: 'never' },
      verdict: ['badly-signed', 'clock-skew'],
    },
    {
      name: 'with a clock that is ahead',
      clockOffsetMs: -6 * MINUTE,
      options: { retry: 'never' },
      verdict: ['badly-signed', 'clock-skew'],
    },
    {
      name: 'with a clock that is far off, signed again by that of the server,',
      clockOffsetMs: -600 * MINUTE,
      verdict: ['accepted', 'no-warning'],
    },
    {
      name: 'with a clock that is nearly right',
      clockOffsetMs: 4 * MINUTE,
      verdict: ['accepted', 'no-warning'],
    },
    { name: 'with a session token', caller: temporary(), verdict: ['accepted', 'no-warning'] },
    {
      name: 'with the token of another session',
      caller: temporary(),
      keys: { sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLEotherTOKEN' },
      verdict: ['badly-signed', 'invalid-token'],
    },
    { name: 'with an expired session', caller: expired(), verdict: ['badly-signed', 'expired-token'] },
    { name: 'by somebody without Invoke', caller: nobody(), verdict: ['refused', 'access-denied-invoke'] },
    {
      name: 'without the API key',
      target: { path: 'metered' },
      verdict: ['refused', 'api-key'],
    },
    {
      name: 'with an unknown API key',
      target: { path: 'metered' },
      options: { apiKey: 'no-such-api-key-EXAMPLE' },
      verdict: ['refused', 'forbidden'],
    },
    {
      name: 'with the API key',
      target: { path: 'metered' },
      options: { apiKey: petstore.apiKeys?.[0] },
      verdict: ['accepted', 'no-warning'],
    },
    { name: 'to a missing path', target: { path: 'cats' }, verdict: ['not-cacheable', 'no-such-route'] },
    { name: 'to a missing stage', target: { stage: 'beta' }, verdict: ['refused', 'api-key'] },
    {
      name: 'with a missing method',
      target: { method: 'DELETE' },
      verdict: ['not-cacheable', 'no-such-route'],
    },
    { name: 'to the root', target: { path: '' }, verdict: ['accepted', 'no-warning'] },
    {
      name: 'to an odd path',
      target: { path: "pets/a b%20c:d@e$f+g!'()*".replace('*', '%2A') },
      verdict: ['accepted', 'no-warning'],
    },
    {
      name: 'to a path with empty segments',
      target: { path: 'public/a//b/' },
      verdict: ['accepted', 'no-warning'],
    },
    {
      name: 'to a path beyond ASCII',
      target: { path: 'pets/größe-🐕' },
      verdict: ['accepted', 'no-warning'],
    },
    { name: 'of an HTTP API', target: { stage: '$default' }, verdict: ['not-cacheable', 'http-api'] },
    { name: 'with a wildcard left', target: { path: 'pets/*' }, verdict: ['not-sent', 'invalid-target'] },
    { name: 'when the answer is a redirect', target: fault('redirect'), verdict: ['unknown', 'redirect'] },
    { name: 'when the answer breaks off', target: fault('breaks-off'), verdict: ['unreachable', 'closed'] },
    { name: 'when the connection is dropped', target: fault('drops'), verdict: ['unreachable', 'closed'] },
    { name: 'when the answer is no HTTP', target: fault('garbage'), verdict: ['unreachable', 'protocol'] },
    {
      name: 'when the headers never end',
      target: fault('huge-headers'),
      verdict: ['unreachable', 'too-large'],
    },
    {
      name: 'when nobody answers',
      target: fault('hangs'),
      options: { timeoutMs: 50 },
      verdict: ['unreachable', 'timeout'],
    },
    {
      name: 'when the answer stalls in the middle',
      target: fault('stalls'),
      options: { timeoutMs: 100 },
      verdict: ['unreachable', 'timeout'],
    },
    { name: 'when the body is huge', target: fault('huge'), verdict: ['unknown', 'not-api-gateway'] },
    { name: 'when the backend fails', target: fault('fails'), verdict: ['unknown', 'server-error'] },
    {
      name: 'when nothing listens',
      target: { endpoint: 'http://127.0.0.1:1' },
      verdict: ['unreachable', 'refused'],
    },
    {
      name: 'when TLS is spoken to a plain server',
      target: { endpoint: 'https' },
      verdict: ['unreachable', 'tls'],
    },
  ];
  for (const { name, caller = invalidator, target, options, keys, clockOffsetMs = 0, verdict } of OUTCOMES) {
    it(`${name} is ${verdict.join(': ')}`, async () => {
      clock.offsetMs = clockOffsetMs;
      const changes =
        target?.endpoint === 'https' ? { endpoint: gateway.url.replace('http:', 'https:') } : (target ?? {});
      const result = await run(caller, changes, options, keys);
      assert.deepEqual([result.verdict.kind, result.verdict.reason], verdict);
      const report = renderReport(result);
      assert.ok(report.startsWith(`# ${result.verdict.title}\n`));
      assert.equal(JSON.parse(JSON.stringify(toJson(result))).verdict.reason, verdict[1]);
    });
  }

  it('keeps only the beginning of a huge body, and says so', async () => {
    const { response } = await run(invalidator, fault('huge'));
    assert.equal(response?.truncated, true);
    assert.ok((response?.bodyBytes ?? 0) < 1_000_000);
  });

  it('does not go where a redirect points', async () => {
    const seen = gateway.requests.length;
    const { response } = await run(invalidator, fault('redirect'));
    assert.equal(response?.status, 302);
    assert.equal(gateway.requests.length, seen + 1);
  });

  it('says how far the clock is off', async () => {
    clock.offsetMs = 10 * MINUTE;
    const { verdict } = await run(invalidator, {}, { retry: 'never' });
    assert.match(verdict.explanation, /clock is (?:599|600|601) seconds behind/);
  });

  it('can be cancelled while the answer is awaited', async () => {
    const controller = new AbortController();
    const arrived = once(arrivals, 'hangs');
    const running = run(invalidator, fault('hangs'), { signal: controller.signal });
    await arrived;
    controller.abort();
    const { verdict, request } = await running;
    assert.equal(verdict.kind, 'cancelled');
    assert.ok(request !== undefined);
  });

  it('can be cancelled while credentials are awaited, and sends nothing then', async () => {
    const controller = new AbortController();
    const host: GatewayHost = {
      ...createGatewayHost(),
      credentials: () => new Promise(() => controller.abort()),
      send: () => assert.fail('Nothing may be sent.'),
    };
    const { verdict } = await invalidate(host, reach(), { timeoutMs: 1000, signal: controller.signal });
    assert.equal(verdict.kind, 'cancelled');
    assert.equal(verdict.explanation, 'Nothing was sent.');
  });

  it('sends nothing if it was cancelled before', async () => {
    const seen = gateway.requests.length;
    const result = await run(invalidator, {}, { signal: AbortSignal.abort() });
    assert.equal(result.verdict.kind, 'cancelled');
    assert.equal(gateway.requests.length, seen);
  });

  it('tells its steps', async () => {
    const steps: string[] = [];
    await run(invalidator, {}, { onProgress: (step) => steps.push(step) });
    assert.deepEqual(steps, ['credentials', 'signing', 'sending', 'judging']);
  });

  it('shows who asked without showing the keys', async () => {
    const { identity } = await run(temporary());
    assert.deepEqual(identity, {
      signing: 'sigv4',
      accessKeyId: '****TEMP',
      profile: undefined,
      provenance: 'a test',
      keys: 'temporary',
    });
  });

  it('does not let what comes back change the report', async () => {
    const report = renderReport(await run(invalidator, fault('markdown')));
    const [, fence = ''] = /\n(`{4,})\n# Not a heading/.exec(report) ?? [];
    assert.equal(fence, '`````');
    assert.match(report, /the end\n`````\n$/);
  });

  describe('keeps every secret to itself', () => {
    const LEAKS: readonly (readonly [
      string,
      CallerConfig,
      Partial<InvalidationTarget>,
      Partial<AwsKeys>?,
    ])[] = [
      ['when it is accepted', temporary(), {}],
      [
        'when the answer quotes the canonical request',
        temporary(),
        {},
        { secretAccessKey: 'wrong+secret/EXAMPLEKEY' },
      ],
      ['when the backend echoes every header', temporary(), fault('echo')],
      ['when the echo is cut', temporary(), fault('echo-cut')],
      ['when the session is over', expired(), {}],
      ['when the connection breaks', temporary(), fault('drops')],
      ['when the target is wrong', temporary(), { path: '*' }],
    ];
    for (const [name, caller, target, keys] of LEAKS) {
      it(name, async () => {
        const changes: Partial<InvalidationTarget> = {
          ...target,
          query: [['access_token', SECRETS.query]],
          headers: [['X-Session-Token', SECRETS.header]],
        };
        const result = await run(
          caller,
          changes,
          { apiKey: SECRETS.apiKey, proof: 'read-before-and-after' },
          keys,
        );
        const secrets = [
          caller.secretAccessKey,
          keys?.secretAccessKey ?? caller.secretAccessKey,
          caller.sessionToken ?? '',
          caller.accessKeyId,
          ...Object.values(SECRETS),
        ].filter(Boolean);
        const outputs = {
          report: renderReport(result),
          json: JSON.stringify(toJson(result)),
          result: JSON.stringify(result),
          table: renderBatch([result, result]),
          curl:
            result.request === undefined
              ? ''
              : curlCommand(reach(changes), { signing: 'sigv4', apiKey: 'sent' }),
          log: JSON.stringify(gateway.requests),
        };
        for (const [output, text] of Object.entries(outputs)) {
          for (const secret of secrets) {
            for (const form of [secret, encodeURIComponent(secret), secret.slice(0, 12), secret.slice(-12)]) {
              assert.ok(!text.includes(form), `${output} has ${form}`);
            }
          }
          assert.doesNotMatch(text, /Signature=[0-9a-f]/, output);
        }
      });
    }
  });

  function reach(changes: Partial<InvalidationTarget> = {}): InvalidationTarget {
    return aTarget({ endpoint: gateway.endpoint, ...changes });
  }

  function run(
    caller: CallerConfig,
    changes: Partial<InvalidationTarget> = {},
    options: Partial<InvalidateOptions> = {},
    keys: Partial<AwsKeys> = {},
  ): Promise<InvalidationResult> {
    return invalidate(hostOf({ ...caller, ...keys }), reach(changes), {
      timeoutMs: limit(20_000),
      ...options,
    });
  }

  async function readEntry(stage: string, path: string, headers: Readonly<Record<string, string>> = {}) {
    const url = `${gateway.endpoint.replace('{apiId}', petstore.id)}/${stage}${path.replace(' ', '%20')}`;
    const { body } = await plainRequest({ url, headers, signedBy: reader });
    return Number(JSON.parse(body).fetches);
  }
});

function temporary(): CallerConfig {
  return {
    ...invalidator,
    accessKeyId: 'ASIAIOSFODNN7EXATEMP',
    secretAccessKey: 'temporary/secret+of/the/tests/EXAMPLEKEY',
    sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQDtemporary+token==',
    expiresAt: new Date('2999-01-01T00:00:00Z'),
  };
}

function expired(): CallerConfig {
  return {
    ...temporary(),
    accessKeyId: 'ASIAIOSFODNN7EXAPAST',
    sessionToken: 'IQoJb3JpZ2luX2VjEXPIRED//////////wEaCXVzLWVhc3QtMSJHMEUCIQDexpired+token==',
    expiresAt: new Date('2020-01-01T00:00:00Z'),
  };
}

function nobody(): CallerConfig {
  return { ...invalidator, accessKeyId: 'AKIAI44QH8DHBNOBODY0', statements: [] };
}

function fault(path: string): Partial<InvalidationTarget> {
  return { apiId: 'f4u1tyf4u1', path };
}

/** An API whose backends do what backends, proxies and broken lines do. */
function faultyApi(): ApiConfig {
  const integrations: Readonly<Record<string, Integration>> = {
    redirect: reply(302, '', { location: '/_aws/execute-api/a1b2c3d4e5/prod/public/elsewhere' }),
    fails: reply(502, '{"message": "Internal server error"}', {
      'x-amzn-ErrorType': 'InternalServerErrorException',
    }),
    markdown: reply(200, '# Not a heading\n```\n````\nthe end'),
    echo: { kind: 'reply', reply: ({ headers }) => text(200, JSON.stringify(headers)) },
    // As long as what a result keeps of a body, but for the first half of the token.
    'echo-cut': {
      kind: 'reply',
      reply: ({ headers }) => text(200, `${'x'.repeat(4096 - 30)}${headers['x-amz-security-token']}`),
    },
    drops: { kind: 'raw', handle: (response) => response.destroy() },
    'breaks-off': {
      kind: 'raw',
      handle: (response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('half', () => response.destroy());
      },
    },
    garbage: { kind: 'raw', handle: (response) => response.socket?.end('lorem ipsum\r\n\r\n') },
    'huge-headers': {
      kind: 'raw',
      handle: (response) =>
        response.socket?.end(`HTTP/1.1 200 OK\r\n${`x-long: ${'a'.repeat(1000)}\r\n`.repeat(100)}\r\n`),
    },
    hangs: { kind: 'raw', handle: () => arrivals.emit('hangs') },
    stalls: {
      kind: 'raw',
      handle: (response) => {
        response.writeHead(200);
        response.write('and then nothing');
      },
    },
    huge: {
      kind: 'raw',
      handle: (response) => {
        response.writeHead(200);
        const megabyte = Buffer.alloc(1024 * 1024, 'x');
        const writeOn = (left: number) => {
          if (left > 0 && !response.destroyed) {
            response.write(megabyte, () => writeOn(left - 1));
          } else {
            response.end();
          }
        };
        writeOn(100);
      },
    },
  };
  return {
    ...petstore,
    id: 'f4u1tyf4u1',
    routes: Object.entries(integrations).map(([name, integration]) => ({
      method: 'GET',
      path: `/${name}`,
      auth: 'NONE',
      integration,
    })),
  };
}

function reply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Integration {
  return { kind: 'reply', reply: () => ({ ...text(status, body), headers }) };
}

function text(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
