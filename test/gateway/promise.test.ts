import * as assert from 'node:assert/strict';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import type { GatewayHost } from '../../server/src/gateway/host';
import { type InvalidationResult, invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidationTarget, NameValue } from '../../server/src/gateway/target';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { environmentNetwork } from '../../server/src/node/network';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { hostOf } from '../support/callerHost';
import { makeCertificate } from '../support/certificate';
import { startConnectProxy } from '../support/connectProxy';
import { type Cdn, type CdnConfig, startCdn } from '../support/loopback/cdn';
import {
  type ApiConfig,
  type CallerConfig,
  type LoopbackGateway,
  type RouteConfig,
  startLoopbackGateway,
} from '../support/loopbackGateway';
import { invalidator, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { runs } from '../support/thorough';
import { aTarget } from './targets';

/*
 * The promise of the verdict: what is called accepted was renewed, that very entry, or the verdict says what the answer
 * cannot tell. Targets, stages, callers, hosts and what stands between are generated; what came of it is what the
 * gateway knows.
 */

const SEED = 12;

const SITUATIONS = runs(500);

const STRATEGIES = [
  'FAIL_WITH_403',
  'SUCCEED_WITH_RESPONSE_HEADER',
  'SUCCEED_WITHOUT_RESPONSE_HEADER',
] as const;
const AUTHORIZATION = ['required', 'not-required'] as const;
const CACHES = ['on', 'off', 'ttl-0', 'canary'] as const;
const CALLERS = ['allowed', 'not-allowed', 'unsigned'] as const;
const ROUTES = ['pets', 'list', 'all', 'stream', 'large'] as const;

/** Each with a name of its own: `nobody` apart, all of them are servers before the gateway. */
const BETWEEN: Readonly<Record<string, Omit<CdnConfig, 'origin'>>> = {
  'a cache': {
    headers: (from) => (from === 'cache' ? { age: '120', 'x-cache': 'Hit from cloudfront' } : CLOUDFRONT),
    authorization: 'forward',
  },
  'a cache that strips signatures': {
    headers: (from) => (from === 'cache' ? { 'x-cache': 'TCP_HIT from edge' } : {}),
    authorization: 'strip',
  },
  'a cache that obeys callers': {
    headers: () => CLOUDFRONT,
    authorization: 'forward',
    cacheControl: 'obey',
  },
  'a cache that says nothing but drops request IDs': {
    headers: () => ({ server: 'edge' }),
    authorization: 'forward',
    gatewayHeaders: 'drop',
  },
  'a proxy that keeps Cache-Control to itself': {
    headers: (from) => ({ via: '1.1 edge', ...(from === 'cache' ? { age: '3' } : {}) }),
    authorization: 'forward',
    cacheControl: 'strip',
  },
  'an HTTP API': {
    headers: (from) => ({ 'apigw-requestid': 'AbCdEf=', ...(from === 'cache' ? { age: '3' } : {}) }),
    authorization: 'forward',
  },
};

const CLOUDFRONT = {
  via: '1.1 0123456789abcdef.cloudfront.net (CloudFront)',
  'x-cache': 'Miss from cloudfront',
};

interface Situation {
  readonly strategy: (typeof STRATEGIES)[number];
  readonly authorization: (typeof AUTHORIZATION)[number];
  readonly cache: (typeof CACHES)[number];
  readonly caller: (typeof CALLERS)[number];
  readonly route: (typeof ROUTES)[number];
  readonly id: string;
  readonly page: string;
  readonly tenant: string;
  /** A parameter that tells no entries apart. */
  readonly more: string;
  readonly host: 'emulator' | 'default' | 'private' | 'vpc-endpoint' | 'own-domain';
  readonly between: string;
  /** Whether the server between was asked before, and so may have kept an answer. */
  readonly filled: boolean;
  readonly settings: 'read' | 'unread';
  readonly proof: boolean;
}

const SITUATION: fc.Arbitrary<Situation> = fc
  .record({
    strategy: fc.constantFrom(...STRATEGIES),
    authorization: fc.constantFrom(...AUTHORIZATION),
    cache: fc.constantFrom('on', 'on', 'on', ...CACHES),
    caller: fc.constantFrom('allowed', 'allowed', ...CALLERS),
    route: fc.constantFrom('pets', 'pets', 'pets', 'list', 'list', 'list', ...ROUTES),
    id: fc.constantFrom('1', 'a%2Fb', 'x y', 'ü', '@7', '$', "it's"),
    page: fc.constantFrom('', '1', 'a b', 'a+b', 'ä&=', '%'),
    tenant: fc.constantFrom('a', 'A b', 'x=y'),
    more: fc.constantFrom('', '7'),
    host: fc.constantFrom(
      // Each connection of TLS costs as much as ten requests without.
      ...Array<'emulator'>(24).fill('emulator'),
      ...(['default', 'private', 'vpc-endpoint', 'own-domain', 'own-domain'] as const),
    ),
    between: fc.constantFrom('nobody', 'nobody', 'nobody', ...Object.keys(BETWEEN), 'a function URL'),
    filled: fc.boolean(),
    settings: fc.constantFrom('read', 'unread', 'unread'),
    proof: fc.integer({ max: 3 }).map((n) => n === 0),
  })
  // Nobody stands before the names of AWS, and a function URL is reached by a name of one's own.
  .map((each): Situation => {
    const isOwn = each.host === 'own-domain';
    const mayStandBetween = isOwn || (each.host === 'emulator' && each.between !== 'a function URL');
    return mayStandBetween ? each : { ...each, between: 'nobody' };
  });

const route = (path: string, more: Partial<RouteConfig>): RouteConfig => ({
  method: 'GET',
  path,
  auth: 'NONE',
  cache: { keyParameters: [] },
  ...more,
});

const api: ApiConfig = {
  ...petstore,
  routes: [
    route('/pets/{petId}', { auth: 'AWS_IAM', cache: { keyParameters: ['method.request.path.petId'] } }),
    route('/list', {
      cache: { keyParameters: ['method.request.querystring.page', 'method.request.header.X-Tenant'] },
    }),
    route('/all', { cache: { keyParameters: [], namespace: 'shared' } }),
    route('/stream', { transfer: 'stream' }),
    route('/large', {
      integration: {
        kind: 'reply',
        reply: () => ({ status: 200, headers: {}, body: LARGE }),
      },
    }),
  ],
  stages: STRATEGIES.flatMap((strategy) =>
    AUTHORIZATION.flatMap((authorization) =>
      CACHES.map((cache) => ({
        name: stageName({ strategy, authorization, cache }),
        cache: cache === 'off' ? 'off' : 'on',
        ...(cache === 'ttl-0' ? { ttlSeconds: 0 } : {}),
        ...(cache === 'canary'
          ? {
              deploymentId: 'one111',
              canary: { percentTraffic: 50, useStageCache: true, deploymentId: 'two222' },
            }
          : {}),
        requireAuthorizationForCacheControl: authorization === 'required',
        unauthorizedCacheControlHeaderStrategy: strategy,
      })),
    ),
  ),
};

const LARGE = 'x'.repeat(1_048_577);

const MANAGE = { Effect: 'Allow', Action: 'apigateway:GET', Resource: '*' } as const;

const KEYS: Readonly<Record<Situation['caller'], CallerConfig>> = {
  allowed: { ...invalidator, statements: [...invalidator.statements, MANAGE] },
  'not-allowed': { ...reader, statements: [...reader.statements, MANAGE] },
  unsigned: reader,
};

function stageName({
  strategy,
  authorization,
  cache,
}: Pick<Situation, 'strategy' | 'authorization' | 'cache'>) {
  return `${strategy}-${authorization}-${cache}`;
}

function domainOf(stage: string): string {
  return `${stage.toLowerCase().replaceAll('_', '-')}.example.com`;
}

describe('What is called accepted was renewed, or the verdict says what it cannot tell', () => {
  let home: AwsHome;
  /** Speaks http, and is what stands behind every server between. */
  let gateway: LoopbackGateway;
  let named: LoopbackGateway;
  const networks = new Map<string, Cdn>();
  const hosts = new Map<string, Pick<GatewayHost, 'send'>>();
  const closing: (() => Promise<unknown>)[] = [];

  before(async () => {
    home = openAwsHome();
    const domains = api.stages.map(({ name }) => domainOf(name));
    const tls = makeCertificate([
      '*.execute-api.us-east-1.amazonaws.com',
      '*.execute-api.us-east-1.vpce.amazonaws.com',
      ...domains,
    ]);
    const config = {
      apis: [api],
      callers: [KEYS.allowed, KEYS['not-allowed']],
      customDomains: api.stages.map(({ name }) => ({
        name: domainOf(name),
        basePath: '',
        apiId: api.id,
        stage: name,
      })),
    };
    gateway = await startLoopbackGateway(config);
    named = await startLoopbackGateway({ ...config, tls });
    closing.push(gateway.close, named.close);
    const caFile = home.write('ca.pem', [tls.cert]);
    /** A host for which every name leads to a port. */
    const leadTo = async (name: string, port: number) => {
      const proxy = await startConnectProxy({ port });
      const network = environmentNetwork({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: caFile });
      hosts.set(name, createGatewayHost({ network: async () => network }));
      closing.push(proxy.close);
    };
    await leadTo('nobody', named.port);
    for (const [name, between] of Object.entries(BETWEEN)) {
      const plain = await startCdn({ ...between, origin: gateway.url });
      const ownDomain = await startCdn({ ...between, origin: gateway.url, tls });
      networks.set(name, plain);
      closing.push(plain.close, ownDomain.close);
      await leadTo(name, ownDomain.port);
    }
    const functionUrl = https.createServer(tls, (_, response) => {
      response.writeHead(200, { 'x-amzn-RequestId': 'a-request', 'content-type': 'application/json' });
      response.end('{}');
    });
    await new Promise<void>((resolve) => functionUrl.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      functionUrl.close();
      functionUrl.closeAllConnections();
    });
    await leadTo('a function URL', (functionUrl.address() as AddressInfo).port);
  });
  after(async () => {
    await Promise.all(closing.map((close) => close()));
    home.close();
  });

  it(`in ${SITUATIONS} situations`, async () => {
    const counts = { accepted: 0, renewed: 0, untold: 0 };
    for (const situation of fc.sample(SITUATION, { seed: SEED, numRuns: SITUATIONS })) {
      const told = await check(situation);
      counts.accepted += told.kind === 'accepted' ? 1 : 0;
      counts.renewed += told.renewed ? 1 : 0;
      counts.untold += told.kind === 'accepted' && !told.renewed ? 1 : 0;
    }
    // A verdict that accepts nothing would keep its promise as well.
    assert.ok(counts.accepted > SITUATIONS / 5, JSON.stringify(counts));
    assert.ok(counts.renewed > SITUATIONS / 5, JSON.stringify(counts));
    assert.ok(counts.untold < counts.accepted / 2, JSON.stringify(counts));
  }).timeout(120_000);

  async function check(situation: Situation): Promise<{ readonly kind: string; readonly renewed: boolean }> {
    const { host, between, caller, settings, proof, filled } = situation;
    const behind = host === 'emulator' || between !== 'nobody' ? gateway : named;
    const send = host === 'emulator' ? {} : { send: hosts.get(between)?.send ?? assert.fail(between) };
    const address =
      host === 'emulator'
        ? { endpoint: networks.get(between)?.endpoint ?? gateway.endpoint }
        : ADDRESSES[host](stageName(situation));
    const target = aTarget({ ...targetOf(situation), ...address });
    await fill(situation, filled ? (networks.get(between)?.url ?? gateway.url) : gateway.url);
    const seen = behind.requests.length;
    const result = await invalidate(hostOf(KEYS[caller], send), target, {
      timeoutMs: 20_000,
      retry: 'never',
      signing: caller === 'unsigned' ? 'unsigned' : 'sigv4',
      controlEndpoint: gateway.url,
      ...(settings === 'read' ? { stage: 'read' } : {}),
      ...(proof ? { proof: 'read-before-and-after' } : {}),
    });
    const invalidated = behind.requests.slice(seen).filter(({ cache }) => cache === 'invalidated');
    const meant = entryMeant(situation);
    const renewed = invalidated.length > 0 && invalidated.every(({ entry }) => entry?.startsWith(meant));
    const told = `${JSON.stringify(situation)}: ${result.verdict.kind}, ${result.verdict.reason}`;
    assert.equal(invalidated.length > 0, renewed, `another entry was renewed: ${told}`);
    holdsWord(situation, result, renewed, told);
    return { kind: result.verdict.kind, renewed };
  }

  /** A plain read, so that there is an entry and it is old, in a cache before the gateway as well. */
  async function fill(situation: Situation, url: string): Promise<void> {
    const { path, query, headers } = SENT[situation.route](situation);
    const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    await plainRequest({
      url: `${url}/_aws/execute-api/${api.id}/${stageName(situation)}/${path}${search === '' ? '' : `?${search}`}`,
      headers: Object.fromEntries(headers),
      ...(situation.route === 'pets' ? { signedBy: KEYS['not-allowed'] } : {}),
    });
  }
});

/** Whether the verdict keeps its promise, and accepts what nothing speaks against. */
function holdsWord(situation: Situation, result: InvalidationResult, renewed: boolean, told: string): void {
  const { verdict } = result;
  const isSigned = situation.caller !== 'unsigned';
  const knows = situation.settings === 'read' && isSigned;
  if (verdict.kind === 'accepted' && !renewed) {
    const caveat = situation.between === STRIPS_CACHE_CONTROL ? /hand Cache-Control on/ : UNTOLD;
    assert.ok(
      !knows || situation.between === STRIPS_CACHE_CONTROL,
      `accepted, and nothing was renewed: ${told}`,
    );
    assert.match(verdict.caveats.join('\n'), caveat, told);
  }
  const isSilent =
    situation.strategy === 'SUCCEED_WITHOUT_RESPONSE_HEADER' && situation.authorization === 'required';
  if (renewed && (situation.between === 'nobody' || situation.between === 'a cache that obeys callers')) {
    const expected = knows && isSilent && result.proof?.finding !== 'changed' ? 'unknown' : 'accepted';
    assert.equal(verdict.kind, expected, told);
  }
}

/** What an answer alone does not tell. */
const UNTOLD = /looks the same where the stage ignores unauthorized invalidations silently/;

const STRIPS_CACHE_CONTROL = 'a proxy that keeps Cache-Control to itself';

interface Sent {
  /** Encoded, as it goes over the wire. */
  readonly path: string;
  readonly query: readonly NameValue[];
  readonly headers: readonly NameValue[];
  /** Namespace and values, as the entry is named. */
  readonly key: readonly [namespace: string, values: readonly string[]];
}

/** What a request to each route is, in words that share nothing with the product. */
const SENT: Readonly<Record<Situation['route'], (situation: Situation) => Sent>> = {
  pets: ({ id, more }) => {
    const path = IDS.get(id) ?? assert.fail(id);
    return { path: `pets/${path}`, query: moreOf(more), headers: [], key: ['/pets/{petId}', [path]] };
  },
  list: ({ page, tenant, more }) => ({
    path: 'list',
    query: [['page', page], ...moreOf(more)],
    headers: [['X-Tenant', tenant]],
    key: ['/list', [page, tenant]],
  }),
  all: ({ more }) => ({ path: 'all', query: moreOf(more), headers: [], key: ['shared', []] }),
  stream: () => ({ path: 'stream', query: [], headers: [], key: ['none', []] }),
  large: () => ({ path: 'large', query: [], headers: [], key: ['none', []] }),
};

function moreOf(more: string): readonly NameValue[] {
  return more === '' ? [] : [['more', more]];
}

/** What each id is over the wire (RFC 3986, "Path"). */
const IDS: ReadonlyMap<string, string> = new Map([
  ['1', '1'],
  ['a%2Fb', 'a%2Fb'],
  ['x y', 'x%20y'],
  ['ü', '%C3%BC'],
  ['@7', '@7'],
  ['$', '$'],
  ["it's", "it's"],
]);

function targetOf(situation: Situation): Partial<InvalidationTarget> {
  const { query, headers } = SENT[situation.route](situation);
  const path = situation.route === 'pets' ? `pets/${situation.id}` : situation.route;
  return { stage: stageName(situation), path, query, headers };
}

/** The beginning of the entry's name: of either deployment. */
function entryMeant(situation: Situation): string {
  const [namespace, values] = SENT[situation.route](situation).key;
  const named = JSON.stringify(['GET', namespace, values]).slice(0, -1);
  return `${JSON.stringify([api.id, stageName(situation)])}${named},`;
}

const ADDRESSES: Readonly<
  Record<Exclude<Situation['host'], 'emulator'>, (stage: string) => Partial<InvalidationTarget>>
> = {
  default: () => ({}),
  private: () => ({ endpoint: 'https://{apiId}-vpce-0a1b2c.execute-api.{region}.amazonaws.com' }),
  'vpc-endpoint': () => ({ endpoint: 'https://vpce-0a1b2c-x1y2.execute-api.{region}.vpce.amazonaws.com' }),
  'own-domain': (stage) => ({ domain: { name: domainOf(stage), basePath: '' } }),
};
