import * as assert from 'node:assert/strict';
import { invalidateAll, renderBatch } from '../../server/src/gateway/batch';
import type { GatewayHost } from '../../server/src/gateway/host';
import { type InvalidationResult, invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { renderReport, toJson } from '../../server/src/gateway/report';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { hostOf } from '../support/callerHost';
import {
  type ApiConfig,
  type CallerConfig,
  type LoopbackGateway,
  startLoopbackGateway,
} from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, manager, petstore, reader } from '../support/petstore';
import { aTarget } from './targets';

/** An API whose stages throttle, and whose backends answer with more or less sameness. */
const odd: ApiConfig = {
  ...petstore,
  id: '0dd0dd0dd0',
  stages: [
    ...petstore.stages,
    ...(['', '2', '3600', 'Wed, 21 Oct 2015 07:28:00 GMT', 'soon'] as const).map((retryAfter, index) => ({
      ...petstore.stages[0],
      name: `throttled${index}`,
      cache: 'on' as const,
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER' as const,
      throttle: { requests: 1, ...(retryAfter === '' ? {} : { retryAfter }) },
    })),
    {
      name: 'busy',
      cache: 'on',
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      throttle: { requests: 99 },
    },
  ],
  routes: [
    ...petstore.routes,
    { method: 'GET', path: '/uncached', auth: 'AWS_IAM' },
    { method: 'GET', path: '/bearer', auth: 'BEARER' },
    { method: 'GET', path: '/denied', auth: 'DENIED' },
    {
      method: 'GET',
      path: '/constant',
      auth: 'AWS_IAM',
      cache: { keyParameters: [] },
      integration: {
        kind: 'reply',
        reply: () => ({ status: 200, headers: { ETag: '"same"' }, body: 'always the same' }),
      },
    },
    {
      method: 'GET',
      path: '/failing',
      auth: 'AWS_IAM',
      integration: { kind: 'reply', reply: () => ({ status: 500, headers: {}, body: '' }) },
    },
    {
      method: 'POST',
      path: '/throttled',
      auth: 'NONE',
      integration: { kind: 'reply', reply: () => ({ status: 429, headers: {}, body: '' }) },
    },
  ],
};

/** The caller, whose permissions are for the odd API as well. */
function everywhere(caller: CallerConfig): CallerConfig {
  const widen = (resource: string) => resource.replace(petstore.id, '*');
  return {
    ...caller,
    statements: caller.statements.map((statement) => ({
      ...statement,
      Resource: [statement.Resource].flat().map(widen),
    })),
  };
}

describe('Around an invalidation', () => {
  const waits: number[] = [];
  let gateway: LoopbackGateway;
  beforeEach(async () => {
    waits.length = 0;
    gateway = await startLoopbackGateway({
      apis: [odd, petstore],
      callers: [invalidator, reader, manager].map(everywhere),
    });
  });
  afterEach(() => gateway.close());

  const hostAs = (caller: CallerConfig, more: Partial<GatewayHost> = {}): GatewayHost =>
    hostOf(caller, {
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
      ...more,
    });
  const target = (changes: Partial<InvalidationTarget> = {}) =>
    aTarget({ apiId: odd.id, endpoint: gateway.endpoint, ...changes });
  const run = (
    changes: Partial<InvalidationTarget> = {},
    options: Partial<InvalidateOptions> = {},
    caller = invalidator,
  ): Promise<InvalidationResult> =>
    invalidate(hostAs(caller), target(changes), {
      timeoutMs: limit(20_000),
      controlEndpoint: gateway.url,
      ...options,
    });

  describe('a second try', () => {
    const WAITS: readonly (readonly [stage: string, wait: readonly number[], kind: string])[] = [
      ['throttled0', [1000], 'accepted'],
      ['throttled1', [2000], 'accepted'],
      ['throttled2', [], 'throttled'],
      // A date that is past.
      ['throttled3', [0], 'accepted'],
      ['throttled4', [1000], 'accepted'],
      ['busy', [1000], 'throttled'],
    ];
    for (const [stage, expected, kind] of WAITS) {
      it(`after ${stage} waits [${expected}] ms and is ${kind}`, async () => {
        const { verdict, retry } = await run({ stage });
        assert.equal(verdict.kind, kind);
        assert.deepEqual(
          waits,
          expected.filter((wait) => wait > 0),
        );
        assert.equal(retry?.reason, expected.length === 0 ? undefined : 'throttled');
        assert.equal(gateway.requests.length, expected.length === 0 ? 1 : 2);
      });
    }

    it('is told in the report', async () => {
      const result = await run({ stage: 'throttled1' });
      assert.match(renderReport(result), /The first try was throttled; this is the second, 2000 ms later\./);
      assert.equal(toJson(result).retry?.waitMs, 2000);
    });

    it('is not made for what may change something, nor where nobody wants it', async () => {
      assert.equal((await run({ method: 'POST', path: 'throttled' })).retry, undefined);
      assert.equal((await run({ stage: 'throttled0' }, { retry: 'never' })).verdict.kind, 'throttled');
      assert.deepEqual(waits, []);
    });

    it('can be called off while it is waited for', async () => {
      const abort = new AbortController();
      const host = hostAs(invalidator, { wait: async () => abort.abort() });
      const { verdict } = await invalidate(host, target({ stage: 'throttled0' }), {
        timeoutMs: limit(20_000),
        signal: abort.signal,
      });
      assert.equal(verdict.kind, 'cancelled');
      assert.equal(gateway.requests.length, 1);
    });

    it('never leaves this machine’s own clock for longer than Node’s', async () => {
      const { wait } = createGatewayHost();
      await wait(1);
      await wait(60_000, AbortSignal.abort());
    });
  });

  describe('the proof', () => {
    const CASES: readonly (readonly [path: string, finding: string])[] = [
      ['pets/1', 'changed'],
      ['constant', 'unchanged'],
      ['uncached', 'never-the-same'],
    ];
    for (const [path, finding] of CASES) {
      it(`for ${path} is ${finding}`, async () => {
        const result = await run({ path }, { proof: 'read-before-and-after' });
        assert.equal(result.proof?.finding, finding);
        assert.deepEqual(
          result.proof.reads.map(({ when, status }) => [when, status]),
          [
            ['before', 200],
            ['before, again', 200],
            ['after', 200],
          ],
        );
        const report = renderReport(result);
        assert.ok(report.includes(`## ${result.proof.title}`));
        assert.doesNotMatch(JSON.stringify(result.proof), /fetches|always the same/);
      });
    }

    it('is no next step once it was made', async () => {
      const steps = async (options: Partial<InvalidateOptions>) =>
        (await run({}, options)).verdict.nextSteps.map(({ id }) => id);
      assert.deepEqual(await steps({}), ['compare-plain-request', 'show-stage-settings']);
      assert.deepEqual(await steps({ proof: 'read-before-and-after' }), ['show-stage-settings']);
    });

    it('is only sent as plain callers send it', async () => {
      await run({ path: 'pets/1' }, { proof: 'read-before-and-after' });
      assert.deepEqual(
        gateway.requests.map(({ cacheControl, cache }) => [cacheControl, cache]),
        [
          [undefined, 'miss'],
          [undefined, 'hit'],
          ['max-age=0', 'invalidated'],
          [undefined, 'hit'],
        ],
      );
    });

    it('is not made where nothing was accepted, nor with a method that may change something', async () => {
      const ignored = await run({ path: 'pets/1' }, { proof: 'read-before-and-after' }, reader);
      assert.deepEqual([ignored.verdict.kind, ignored.proof], ['ignored', undefined]);
      const seen = gateway.requests.length;
      const posted = await run({ path: 'pets', method: 'POST' }, { proof: 'read-before-and-after' });
      assert.equal(posted.proof, undefined);
      assert.equal(gateway.requests.length, seen + 1);
    });
  });

  describe('the proof of what has no body', () => {
    it('is none', async () => {
      const host = hostAs(invalidator, {
        send: async (request, options) => {
          const outcome = await hostAs(invalidator).send(request, options);
          return outcome.kind === 'response'
            ? { ...outcome, response: { ...outcome.response, body: '', bodyBytes: 0 } }
            : outcome;
        },
      });
      const { proof } = await invalidate(host, target(), {
        timeoutMs: limit(20_000),
        proof: 'read-before-and-after',
      });
      assert.equal(proof?.finding, 'nothing-to-compare');
    });
  });

  describe('the settings of the stage', () => {
    const read = (changes: Partial<InvalidationTarget>, caller = manager) =>
      run({ apiId: petstore.id, ...changes }, { stage: 'read' }, caller);

    it('make an accepted request without a cache what it is', async () => {
      const { verdict } = await read({ stage: 'uncached' });
      assert.deepEqual([verdict.kind, verdict.reason], ['not-cacheable', 'nothing-cached']);
      assert.match(verdict.explanation, /The stage has no cache/);
    });

    it('take the doubts that they settle, and name those that they make', async () => {
      const { verdict } = await read({ stage: 'prod' });
      assert.equal(verdict.kind, 'accepted');
      assert.doesNotMatch(verdict.caveats.join(), /looks the same/);
      const silent = await read({ stage: 'silent' });
      assert.match(silent.verdict.caveats[0] ?? '', /the response does not show whether it succeeded/);
      const open = await read({ stage: 'open' });
      assert.match(open.verdict.caveats[0] ?? '', /anybody/);
    });

    it('are not read for an unsigned request, which is said', async () => {
      const { verdict } = await run(
        { stage: 'open', apiId: petstore.id, path: 'public/x' },
        { stage: 'read', signing: 'unsigned' },
      );
      assert.match(verdict.caveats.at(-1) ?? '', /settings were not read/);
    });

    it('that cannot be read stop nothing, and leave a caveat', async () => {
      const { verdict } = await read({ stage: 'prod' }, invalidator);
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.caveats.at(-1) ?? '', /settings could not be read: Refused/);
    });
  });

  describe('the caller', () => {
    it('of another account is refused before anything is sent to the API', async () => {
      const result = await run({ accountId: '999999999999' }, { identify: 'ask' });
      assert.deepEqual([result.verdict.kind, result.verdict.reason], ['not-sent', 'cross-account']);
      assert.match(result.verdict.explanation, /names account 999999999999.*of account 123456789012/);
      assert.deepEqual(
        gateway.requests.map(({ path }) => path),
        ['/'],
      );
    });

    it('is known without asking where the source of the credentials tells the account', async () => {
      const host = hostAs(invalidator, {
        credentials: async () => ({
          kind: 'credentials',
          credentials: { keys: invalidator, provenance: 'a test', accountId: '111111111111' },
        }),
      });
      const { verdict } = await invalidate(host, target(), { timeoutMs: limit(20_000) });
      assert.equal(verdict.reason, 'cross-account');
      const own = await invalidate(host, target({ accountId: undefined }), { timeoutMs: limit(20_000) });
      assert.equal(own.verdict.kind, 'accepted');
    });

    it('of another account may where the stage lets anybody', async () => {
      const own = { apiId: petstore.id, stage: 'open', accountId: '999999999999' };
      const { verdict } = await run(own, { identify: 'ask', stage: 'read' }, manager);
      assert.equal(verdict.kind, 'accepted');
    });

    it('whom AWS does not tell is no reason to send nothing', async () => {
      const { verdict } = await run({}, { identify: 'ask', controlEndpoint: 'http://127.0.0.1:1' });
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.caveats.at(-1) ?? '', /did not tell: Unreachable/);
    });

    it('is never asked about elsewhere than at AWS or on this machine', async () => {
      const { verdict } = await run({}, { identify: 'ask', controlEndpoint: 'https://evil.example' });
      assert.match(verdict.caveats.at(-1) ?? '', /did not tell: Not sent/);
    });
  });

  describe('what guards a method', () => {
    it('is told apart', async () => {
      assert.equal((await run({ path: 'bearer' })).verdict.reason, 'unauthorized');
      assert.equal((await run({ path: 'denied' })).verdict.reason, 'authorizer-deny');
    });
  });

  describe('several at once', () => {
    it('share credentials and questions, and each has a verdict', async () => {
      let asked = 0;
      const host = hostAs(manager, {
        credentials: async () => {
          asked += 1;
          return { kind: 'credentials', credentials: { keys: manager, provenance: 'a test' } };
        },
      });
      const targets = ['pets/1', 'pets/2', 'cats', 'public/x', '*'].map((path) =>
        target({ apiId: petstore.id, path }),
      );
      const results = await invalidateAll(host, targets, {
        timeoutMs: limit(20_000),
        controlEndpoint: gateway.url,
        identify: 'ask',
        stage: 'read',
      });
      assert.deepEqual(
        results.map(({ verdict }) => verdict.kind),
        ['accepted', 'accepted', 'not-cacheable', 'accepted', 'not-sent'],
      );
      assert.equal(asked, 1);
      const paths = gateway.requests.map(({ path }) => path);
      assert.equal(paths.filter((path) => path === '/').length, 1);
      assert.deepEqual(paths.filter((path) => path.startsWith('/restapis/')).sort(), [
        `/restapis/${petstore.id}/stages/prod`,
        `/restapis/${petstore.id}/stages/prod/exports/oas30`,
      ]);
      const table = renderBatch(results);
      assert.ok(table.startsWith('# 3 of 5 accepted\n'));
      assert.equal(table.split('\n').filter((line) => line.startsWith('| `GET /')).length, 5);
    });

    it('are never more than were allowed', async () => {
      let now = 0;
      let most = 0;
      const { send } = createGatewayHost();
      const host = hostAs(invalidator, {
        send: async (...call) => {
          now += 1;
          most = Math.max(most, now);
          const outcome = await send(...call);
          now -= 1;
          return outcome;
        },
      });
      const targets = Array.from({ length: 30 }, (_, index) => target({ path: `pets/${index}` }));
      await invalidateAll(host, targets, { timeoutMs: limit(20_000), concurrency: 3 });
      assert.equal(most, 3);
      assert.equal(gateway.requests.length, 30);
      most = 0;
      await invalidateAll(host, targets, { timeoutMs: limit(20_000), concurrency: 1000 });
      assert.ok(most <= 10, String(most));
    });

    it('stop when they are called off', async () => {
      const abort = new AbortController();
      const targets = Array.from({ length: 20 }, (_, index) => target({ path: `pets/${index}` }));
      const results = await invalidateAll(hostAs(invalidator), targets, {
        timeoutMs: limit(20_000),
        concurrency: 2,
        signal: abort.signal,
        onDone: () => abort.abort(),
      });
      assert.equal(results.length, 20);
      assert.ok(results.filter(({ verdict }) => verdict.kind === 'cancelled').length >= 17);
      assert.ok(gateway.requests.length <= 3);
    });

    it('are none without targets', async () => {
      assert.deepEqual(await invalidateAll(hostAs(invalidator), [], { timeoutMs: 1 }), []);
    });
  });
});
