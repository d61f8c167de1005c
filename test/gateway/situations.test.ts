import * as assert from 'node:assert/strict';
import { readStageCache } from '../../server/src/gateway/control';
import { transferOf } from '../../server/src/gateway/deployedApi';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { stageReport } from '../../server/src/gateway/stageReport';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import { hostOf } from '../support/callerHost';
import { type Cdn, startCdn } from '../support/loopback/cdn';
import {
  type ApiConfig,
  type CallerConfig,
  type LoopbackGateway,
  type StageConfig,
  startLoopbackGateway,
} from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { aTarget } from './targets';

/*
 * What public reports tell of, one situation each, over a real socket.
 */

const READS = { Effect: 'Allow', Action: 'apigateway:GET', Resource: '*' } as const;

const chief: CallerConfig = { ...invalidator, statements: [...invalidator.statements, READS] };

/** May read the settings, and may not invalidate. */
const onlooker: CallerConfig = { ...reader, statements: [...reader.statements, READS] };

const HTTP_API = 'h1t2t3p4a5';

function stage(name: string, more: Partial<StageConfig> = {}): StageConfig {
  return {
    name,
    cache: 'on',
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
    ...more,
  };
}

const canary = (deploymentId: string): Partial<StageConfig> => ({
  deploymentId: 'one111',
  canary: { percentTraffic: 50, useStageCache: true, deploymentId },
});

const api: ApiConfig = {
  ...petstore,
  stages: [
    stage('prod'),
    stage('silent', { unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER' }),
    stage('canary', canary('two222')),
    stage('twin', canary('one111')),
    stage('bare', { settings: 'none' }),
    stage('odd', { overrides: { '/cats/GET': { caching: 'off' } } }),
  ],
  routes: [
    {
      method: 'GET',
      path: '/pets',
      auth: 'AWS_IAM',
      cache: { keyParameters: [] },
      integration: {
        kind: 'reply',
        reply: ({ deploymentId, fetches }) => ({
          status: 200,
          headers: {},
          body: JSON.stringify({ deploymentId, fetches }),
        }),
      },
    },
    { method: 'GET', path: '/chat', auth: 'NONE', cache: { keyParameters: [] }, transfer: 'stream' },
    {
      method: 'GET',
      path: '/cats',
      auth: 'NONE',
      cache: { keyParameters: ['method.request.querystring.page'], namespace: 'animals' },
    },
    {
      method: 'GET',
      path: '/dogs',
      auth: 'NONE',
      cache: { keyParameters: ['method.request.querystring.page'], namespace: 'animals' },
    },
    {
      method: 'GET',
      path: '/mine',
      auth: 'BEARER',
      authorizer: { identitySource: 'method.request.header.X-Auth', tokens: ['a-token'] },
      cache: { keyParameters: [] },
    },
  ],
};

describe('A situation of which public reports tell', () => {
  let gateway: LoopbackGateway;
  const networks: Cdn[] = [];
  beforeEach(async () => {
    gateway = await startLoopbackGateway({
      apis: [api, { ...api, id: HTTP_API, kind: 'http' }],
      callers: [chief, onlooker],
    });
  });
  afterEach(async () => {
    await Promise.all(networks.splice(0).map((network) => network.close()));
    await gateway.close();
  });

  const run = (
    target: Partial<InvalidationTarget>,
    options: Partial<InvalidateOptions> = {},
    caller: CallerConfig = chief,
  ) =>
    invalidate(hostOf(caller), aTarget({ endpoint: gateway.endpoint, path: 'pets', ...target }), {
      timeoutMs: limit(20_000),
      retry: 'never',
      controlEndpoint: gateway.url,
      ...options,
    });

  /** What a plain reader gets. */
  const read = async (path: string, signedBy?: CallerConfig): Promise<unknown> => {
    const url = `${gateway.url}/_aws/execute-api/${api.id}/${path}`;
    const { body } = await plainRequest({ url, ...(signedBy === undefined ? {} : { signedBy }) });
    return JSON.parse(body);
  };

  describe('a canary release', () => {
    const both = async (name: string) => [
      await read(`${name}/pets`, onlooker),
      await read(`${name}/pets`, onlooker),
    ];

    it('of another deployment has an entry of its own: one of the two is renewed, and the verdict says so', async () => {
      const old = await both('canary');
      assert.deepEqual(old, [
        { deploymentId: 'one111', fetches: 1 },
        { deploymentId: 'two222', fetches: 2 },
      ]);
      const { verdict } = await run({ stage: 'canary' }, { stage: 'read' });
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.caveats[0] ?? '', /reaches one of the two entries, by chance/);
      assert.equal(gateway.requests.filter(({ cache }) => cache === 'invalidated').length, 1);
      // The invalidation was the third request, so the next one goes to the canary.
      assert.deepEqual(await both('canary'), [
        { deploymentId: 'two222', fetches: 2 },
        { deploymentId: 'one111', fetches: 3 },
      ]);
    });

    it('of the same deployment shares the entry, and nothing is said', async () => {
      await both('twin');
      const { verdict } = await run({ stage: 'twin' }, { stage: 'read' });
      assert.equal(verdict.kind, 'accepted');
      assert.doesNotMatch(verdict.caveats.join(), /canary/);
      assert.deepEqual(await both('twin'), [
        { deploymentId: 'one111', fetches: 2 },
        { deploymentId: 'one111', fetches: 2 },
      ]);
    });
  });

  describe('a streamed response', () => {
    it('is not told by the answer, and the caveat says so', async () => {
      const { verdict } = await run({ path: 'chat' });
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.caveats.join(), /responseTransferMode STREAM/);
    });

    it('is never cached, which what is deployed tells', async () => {
      const { verdict } = await run({ path: 'chat' }, { stage: 'read' });
      assert.deepEqual([verdict.kind, verdict.reason], ['not-cacheable', 'nothing-cached']);
      assert.match(verdict.explanation, /streams its response/);
    });

    it('leaves its caveat where the settings are known and the integration is not', async () => {
      const deaf: CallerConfig = {
        ...chief,
        statements: [
          ...invalidator.statements,
          { ...READS, Resource: `arn:aws:apigateway:us-east-1::/restapis/${api.id}/stages/prod` },
        ],
      };
      await gateway.close();
      gateway = await startLoopbackGateway({ apis: [api], callers: [deaf] });
      const { verdict } = await run({ path: 'chat' }, { stage: 'read' }, deaf);
      assert.equal(verdict.kind, 'accepted');
      assert.match(verdict.caveats.join(), /Whether the integration streams/);
    });

    it('is on the page of the stage', async () => {
      const options = { timeoutMs: limit(20_000), controlEndpoint: gateway.url };
      const place = aTarget();
      const { value: cache } = await readStageCache(hostOf(chief), place, options);
      assert.ok(cache);
      const page = async (path: string) => {
        const request = { method: 'GET', path };
        const transfer = await transferOf(hostOf(chief), place, { cache, request }, options);
        return stageReport(place, cache, { ...request, transfer });
      };
      assert.match(await page('chat'), /Nothing is cached for it\.[^#]*never caches a streamed response/);
      assert.match(await page('pets'), /It is cached for 300 seconds/);
      assert.doesNotMatch(await page('pets'), /stream/i);
    });
  });

  it('a stage with a cache and no settings caches nothing, and is paid for all the same', async () => {
    const { verdict } = await run({ stage: 'bare' }, { stage: 'read' });
    assert.deepEqual([verdict.kind, verdict.reason], ['not-cacheable', 'nothing-cached']);
    assert.match(verdict.explanation, /no settings that switch caching on/);
    const { value } = await readStageCache(hostOf(chief), aTarget({ stage: 'bare' }), {
      timeoutMs: limit(20_000),
      controlEndpoint: gateway.url,
    });
    assert.ok(value);
    assert.match(
      stageReport(aTarget(), value),
      /The cache cluster is on, and charged for, but no method is cached/,
    );
  });

  it('a key that begins with a slash is no certain override', async () => {
    const { verdict } = await run({ stage: 'odd', path: 'cats' }, { stage: 'read' });
    assert.equal(verdict.kind, 'accepted');
    assert.match(verdict.caveats.join(' '), /key "\/cats\/GET", which begins with a slash.*"~1cats\/GET"/);
  });

  it('an HTTP API has no cache, whatever it answers', async () => {
    const { verdict } = await run({ apiId: HTTP_API });
    assert.deepEqual([verdict.kind, verdict.reason], ['not-cacheable', 'http-api']);
  });

  it('a stage that does not exist is forbidden, and the comparison with what is known is offered', async () => {
    const { verdict } = await run({ stage: 'pets', path: '' });
    assert.match(verdict.title, /most often for a wrong stage or path/);
    assert.deepEqual(
      verdict.nextSteps.slice(0, 2).map(({ id }) => id),
      ['check-path', 'check-routes'],
    );
  });

  it('methods of one namespace share an entry', async () => {
    await read('prod/cats?page=1');
    assert.deepEqual(await read('prod/dogs?page=1'), { path: '/cats', fetches: 1 });
    await run({ path: 'dogs', query: [['page', '1']] });
    assert.deepEqual(await read('prod/cats?page=1'), { path: '/dogs', fetches: 1 });
  });

  it('an authorizer looks for its token where its identity source says', async () => {
    assert.equal((await run({ path: 'mine' })).verdict.reason, 'unauthorized');
    const { verdict } = await run({ path: 'mine', headers: [['X-Auth', 'Bearer a-token']] });
    assert.equal(verdict.kind, 'accepted');
  });

  describe('a stage that ignores unauthorized invalidations silently', () => {
    it('leaves open what came of it, once its settings are known', async () => {
      const before = await read('silent/pets', onlooker);
      const { verdict } = await run({ stage: 'silent' }, { stage: 'read' }, onlooker);
      assert.deepEqual([verdict.kind, verdict.reason], ['unknown', 'silent-stage']);
      assert.deepEqual(await read('silent/pets', onlooker), before);
    });

    it('is seen through by plain reads', async () => {
      await read('silent/pets', onlooker);
      const options = { stage: 'read', proof: 'read-before-and-after' } as const;
      const ignored = await run({ stage: 'silent' }, options, onlooker);
      assert.deepEqual([ignored.verdict.kind, ignored.proof?.finding], ['unknown', 'unchanged']);
      const renewed = await run({ stage: 'silent' }, options);
      assert.deepEqual([renewed.verdict.kind, renewed.proof?.finding], ['accepted', 'changed']);
    });
  });

  it('a plain read that a cache before the API answered proves nothing', async () => {
    const network = await startCdn({
      origin: gateway.url,
      headers: (from) => (from === 'cache' ? { age: '7' } : {}),
      authorization: 'forward',
    });
    networks.push(network);
    // The network keeps what the proof reads first, and answers the invalidation from that.
    const result = await run({ endpoint: network.endpoint }, { proof: 'read-before-and-after' });
    assert.equal(result.verdict.kind, 'unknown');
    assert.equal(result.proof, undefined);
  });

  it('a plain read that a cache answered is told, where the invalidation came through', async () => {
    let reads = 0;
    const host = hostOf(chief);
    const { proof, verdict } = await invalidate(
      {
        ...host,
        send: async (request, options) => {
          const outcome = await host.send(request, options);
          const isRead = request.headers.every(([name]) => name !== 'cache-control');
          reads += isRead ? 1 : 0;
          return outcome.kind === 'response' && isRead && reads > 1
            ? {
                ...outcome,
                response: { ...outcome.response, headers: [...outcome.response.headers, ['Age', '9']] },
              }
            : outcome;
        },
      },
      aTarget({ endpoint: gateway.endpoint, path: 'pets' }),
      { timeoutMs: limit(20_000), proof: 'read-before-and-after' },
    );
    assert.deepEqual([verdict.kind, proof?.finding], ['accepted', 'other-answerer']);
    assert.deepEqual(
      proof?.reads.map(({ answerer }) => answerer),
      [undefined, 'cache', 'cache'],
    );
  });
});
