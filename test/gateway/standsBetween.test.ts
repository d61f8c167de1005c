import * as assert from 'node:assert/strict';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { readCacheMetrics } from '../../server/src/gateway/metrics';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { environmentNetwork } from '../../server/src/node/network';
import { openAwsHome } from '../support/awsHome';
import { hostOf } from '../support/callerHost';
import { makeCertificate } from '../support/certificate';
import { type Cdn, type CdnConfig, startCdn } from '../support/loopback/cdn';
import {
  type ApiConfig,
  type CallerConfig,
  type LoopbackGateway,
  startLoopbackGateway,
} from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore } from '../support/petstore';
import { aTarget } from './targets';

const CLOUDFRONT: CdnConfig['headers'] = (from) => ({
  via: '1.1 0123456789abcdef.cloudfront.net (CloudFront)',
  'x-cache': from === 'cache' ? 'Hit from cloudfront' : 'Miss from cloudfront',
  ...(from === 'cache' ? { age: '120' } : {}),
});

/** Its own id: the paths of the sample API mean something else. */
const ODD = 'o1d2d3a4p5';

describe('Who answered an invalidation', () => {
  let gateway: LoopbackGateway;
  const networks: Cdn[] = [];

  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore, oddApi()], callers: [odd()] });
  });
  after(() => gateway.close());
  afterEach(async () => {
    await Promise.all(networks.splice(0).map((network) => network.close()));
  });

  const network = async (config: Omit<CdnConfig, 'origin'>) => {
    const started = await startCdn({ ...config, origin: gateway.url });
    networks.push(started);
    return started;
  };
  const run = (target: Partial<InvalidationTarget>, options: Partial<InvalidateOptions> = {}) =>
    invalidate(hostOf(odd()), aTarget({ endpoint: gateway.endpoint, ...target }), {
      timeoutMs: limit(20_000),
      retry: 'never',
      ...options,
    });
  const renewals = () => gateway.requests.filter(({ cache }) => cache === 'invalidated').length;

  for (const { name, headers } of [
    { name: 'CloudFront', headers: CLOUDFRONT },
    { name: 'a cache with an Age alone', headers: age },
    {
      name: 'a cache with Cache-Status',
      headers: (from: string) => ({
        'cache-status': from === 'cache' ? 'edge; hit; ttl=30' : 'edge; fwd=miss',
      }),
    },
    {
      name: 'a cache with CF-Cache-Status',
      headers: (from: string) => ({ 'cf-cache-status': from === 'cache' ? 'HIT' : 'MISS' }),
    },
  ] satisfies readonly { name: string; headers: CdnConfig['headers'] }[]) {
    it(`is ${name}, and nothing is accepted`, async () => {
      const { endpoint } = await network({ headers, authorization: 'forward' });
      const first = await run({ endpoint, path: 'pets/1' });
      assert.equal(first.verdict.kind, 'accepted');
      const before = renewals();
      const second = await run({ endpoint, path: 'pets/1' });
      assert.deepEqual([second.verdict.kind, second.verdict.reason], ['unknown', 'cache-before-api']);
      assert.equal(renewals(), before);
    });
  }

  it('is not known where nothing in the answer speaks of API Gateway', async () => {
    const { endpoint } = await network({
      headers: () => ({ server: 'nginx' }),
      authorization: 'forward',
      gatewayHeaders: 'drop',
    });
    const { verdict } = await run({ endpoint, path: 'pets/1' });
    assert.deepEqual([verdict.kind, verdict.reason], ['unknown', 'not-api-gateway']);
  });

  it('says that a signature may have been removed on the way', async () => {
    const { endpoint } = await network({ headers: CLOUDFRONT, authorization: 'strip' });
    const { verdict } = await run({ endpoint, path: 'pets/1' });
    assert.doesNotMatch(verdict.explanation, /not about authentication/);
    assert.match(verdict.explanation, /removes the Authorization header/);
  });

  it('names a wrong stage first where the answer is Forbidden', async () => {
    const { verdict } = await run({ apiId: ODD, path: 'forbidden' });
    assert.match(verdict.title, /wrong stage or path/);
    assert.equal(verdict.nextSteps[0]?.id, 'check-path');
  });

  it('does not show the message of a good answer as an error', async () => {
    const { verdict, response } = await run({ apiId: ODD, path: 'hello' });
    assert.equal(verdict.kind, 'accepted');
    assert.equal(response?.message, undefined);
  });

  it('does not take the warning of a backend for the one of API Gateway', async () => {
    const { verdict } = await run({ apiId: ODD, path: 'warning' });
    assert.deepEqual([verdict.kind, verdict.reason], ['unknown', 'unclear-warning']);
  });

  it('compares no bodies that are too large to be cached', async () => {
    const { proof } = await run({ apiId: ODD, path: 'large' }, { proof: 'read-before-and-after' });
    assert.equal(proof?.finding, 'too-large');
  });

  it('does not offer to sign what is signed', async () => {
    const { verdict } = await run({ apiId: ODD, path: 'anonymous' });
    assert.equal(verdict.reason, 'access-denied-resource-policy');
    assert.ok(verdict.nextSteps.every(({ id }) => id !== 'sign-request'));
  });

  function oddApi(): ApiConfig {
    const reply = (path: string, status: number, headers: Record<string, string>, body: string) =>
      ({
        method: 'GET',
        path,
        auth: 'AWS_IAM',
        cache: { keyParameters: [] },
        integration: { kind: 'reply', reply: () => ({ status, headers, body }) },
      }) as const;
    const forbidden = [403, { 'x-amzn-ErrorType': 'ForbiddenException' }, '{"message":"Forbidden"}'] as const;
    const [prod] = petstore.stages;
    assert.ok(prod);
    return {
      ...petstore,
      id: ODD,
      stages: [prod, { ...prod, name: 'forbidden' }],
      routes: [
        reply('/', ...forbidden),
        reply('/forbidden', ...forbidden),
        reply('/hello', 200, {}, '{"message":"hello world"}'),
        reply('/warning', 200, { Warning: '199 - "Deprecated"' }, '{}'),
        reply('/large', 200, {}, 'x'.repeat(1_048_577)),
        reply(
          '/anonymous',
          403,
          { 'x-amzn-ErrorType': 'AccessDeniedException' },
          '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: x"}',
        ),
      ],
    };
  }
});

function odd(more = 'execute-api:*'): CallerConfig {
  return {
    ...invalidator,
    statements: [
      { Effect: 'Allow', Action: ['execute-api:*', more, 'cloudwatch:GetMetricData'], Resource: '*' },
    ],
  };
}

function age(from: 'cache' | 'origin'): Readonly<Record<string, string>> {
  return from === 'cache' ? { age: '120' } : { age: '0' };
}

describe('What CloudWatch counts of an API with a name beyond ASCII', () => {
  for (const name of ['Tierhändler', '動物']) {
    it(`is found for ${name}`, async () => {
      const caller = odd('apigateway:GET');
      const gateway = await startLoopbackGateway({ apis: [{ ...petstore, name }], callers: [caller] });
      try {
        await invalidate(hostOf(caller), aTarget({ endpoint: gateway.endpoint }), {
          timeoutMs: limit(20_000),
        });
        const { value } = await readCacheMetrics(hostOf(caller), aTarget(), {
          minutes: 60,
          timeoutMs: limit(20_000),
          controlEndpoint: gateway.url,
        });
        assert.equal(value?.misses, 1);
      } finally {
        await gateway.close();
      }
    });
  }
});

describe('A server that asks for a certificate of the client', () => {
  it('is not told as one that is not trusted', async () => {
    const home = openAwsHome({
      AWS_ACCESS_KEY_ID: invalidator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: invalidator.secretAccessKey,
    });
    const tls = makeCertificate(['localhost']);
    const clientCa = makeCertificate(['client.example.com']).cert;
    const gateway = await startLoopbackGateway({
      apis: [petstore],
      callers: [invalidator],
      tls: { ...tls, clientCa },
    });
    try {
      const network = environmentNetwork({ AWS_CA_BUNDLE: home.write('ca.pem', [tls.cert]) });
      const { verdict } = await invalidate(
        createGatewayHost({ network: async () => network }),
        aTarget({ endpoint: gateway.endpoint.replace('127.0.0.1', 'localhost') }),
        { timeoutMs: limit(20_000) },
      );
      assert.deepEqual([verdict.kind, verdict.reason], ['unreachable', 'client-certificate']);
    } finally {
      await gateway.close();
      home.close();
    }
  });
});
