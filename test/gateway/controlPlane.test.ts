import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlCall, ControlOutcome, SendFailureKind } from '../../server/src/gateway/host';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { openAwsHome } from '../support/awsHome';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { manager, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';

describe('The control plane of AWS, through its SDK', () => {
  const { control } = createGatewayHost();
  const prod = { apiId: petstore.id, stage: 'prod' };
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [manager, reader] });
  });
  after(() => gateway.close());

  const call = (more: Partial<ControlCall> = {}): ControlCall => ({
    keys: manager,
    region: 'us-east-1',
    endpoint: gateway.url,
    timeoutMs: limit(20_000),
    ...more,
  });

  it('tells who signs', async () => {
    const outcome = await control.callerIdentity(call());
    assert.deepEqual(outcome, {
      kind: 'answer',
      value: { accountId: '123456789012', arn: manager.arn },
    });
  });

  it("tells a stage's cache and nothing else of it", async () => {
    const outcome = await control.stage(call(), { ...prod, stage: 'mixed' });
    assert.ok(outcome.kind === 'answer', JSON.stringify(outcome));
    assert.deepEqual(outcome.value, {
      cacheClusterEnabled: true,
      cacheClusterSize: '1.6',
      cacheClusterStatus: 'AVAILABLE',
      deploymentId: 'd1e2p3',
      methodSettings: {
        '*/*': settings({}),
        '~1pets/GET': settings({ cacheTtlInSeconds: 60 }),
        'public/{proxy+}/GET': settings({ cachingEnabled: false }),
        '/metered/GET': settings({
          requireAuthorizationForCacheControl: false,
          unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER',
        }),
      },
    });
  });

  it('flushes the cache of a stage, and of no other', async () => {
    const read = async (stage: string) => {
      const url = `${gateway.endpoint.replace('{apiId}', petstore.id)}/${stage}/public/x`;
      return JSON.parse((await plainRequest({ url })).body).fetches as number;
    };
    await read('prod');
    await read('silent');
    assert.deepEqual([await read('prod'), await read('silent')], [1, 1]);
    assert.deepEqual(await control.flushStageCache(call(), prod), { kind: 'answer', value: undefined });
    assert.deepEqual([await read('prod'), await read('silent')], [2, 1]);
  });

  const REFUSALS = [
    ['somebody without permission', { keys: reader }, 'prod', 403, 'AccessDeniedException'],
    ['a stage that is not there', {}, 'beta', 404, 'NotFoundException'],
    ['a stage without a cache', {}, 'uncached', 400, 'BadRequestException'],
    [
      'a wrong secret',
      { keys: { ...manager, secretAccessKey: 'wrong/EXAMPLE' } },
      'prod',
      403,
      'InvalidSignatureException',
    ],
  ] as const;
  for (const [name, more, stage, status, errorType] of REFUSALS) {
    it(`answers ${name} with ${errorType}`, async () => {
      const outcome = await control.flushStageCache(call(more), { ...prod, stage });
      assert.ok(outcome.kind === 'error', JSON.stringify(outcome));
      assert.deepEqual([outcome.error.status, outcome.error.errorType], [status, errorType]);
    });
  }

  it('goes to the address it is given, whatever endpoints the environment asks for', async () => {
    const home = openAwsHome({
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_API_GATEWAY: 'http://127.0.0.1:1',
    });
    home.write('config', [
      '[default]',
      'services = elsewhere',
      '[services elsewhere]',
      'api_gateway =',
      '  endpoint_url = http://127.0.0.1:1',
    ]);
    try {
      assert.equal((await control.callerIdentity(call())).kind, 'answer');
      assert.equal((await control.stage(call(), prod)).kind, 'answer');
      assert.equal((await control.flushStageCache(call(), prod)).kind, 'answer');
    } finally {
      home.close();
    }
  });

  it('tells a failure from an answer', async () => {
    const deaf = await startLoopbackGateway({ apis: [], callers: [] });
    await deaf.close();
    assert.equal(failure(await control.callerIdentity(call({ endpoint: deaf.url }))), 'refused');
    const tls = gateway.url.replace('http:', 'https:');
    assert.equal(failure(await control.callerIdentity(call({ endpoint: tls }))), 'tls');
  });

  const FAULTS: readonly (readonly [
    name: string,
    handle: (response: http.ServerResponse) => void,
    kind: SendFailureKind,
  ])[] = [
    ['never comes', () => undefined, 'timeout'],
    ['breaks off', (response) => response.destroy(), 'closed'],
    [
      'breaks off in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': 100, 'x-amzn-requestid': 'x' });
        response.write('{', () => response.destroy());
      },
      'closed',
    ],
    [
      'wants another protocol',
      (response) =>
        response.socket?.end('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      'timeout',
    ],
    [
      'is a refusal of somebody else',
      (response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked'),
      'foreign',
    ],
    ['is no HTTP', (response) => response.socket?.end('lorem ipsum\r\n\r\n'), 'protocol'],
    ['is a page of somebody else', (response) => response.end('<html><p>Log in'), 'foreign'],
    [
      'is a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'foreign',
    ],
  ];
  for (const [name, handle, kind] of FAULTS) {
    it(`says ${kind} where the answer ${name}`, async () => {
      const server = http.createServer((_, response) => handle(response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const timeoutMs = kind === 'timeout' ? 50 : 5000;
        assert.equal(failure(await control.callerIdentity(call({ endpoint, timeoutMs }))), kind);
        assert.equal(failure(await control.stage(call({ endpoint, timeoutMs }), prod)), kind);
        assert.equal(failure(await control.flushStageCache(call({ endpoint, timeoutMs }), prod)), kind);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }

  it('sends the token of temporary keys, and none for keys of a user', async () => {
    const tokens: unknown[] = [];
    const server = http.createServer(({ headers }, response) => {
      tokens.push(headers['x-amz-security-token']);
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { accessKeyId, secretAccessKey } = manager;
      for (const sessionToken of ['a token', undefined]) {
        const keys = { accessKeyId, secretAccessKey, sessionToken };
        await control.callerIdentity(call({ endpoint, keys }));
        await control.flushStageCache(call({ endpoint, keys }), prod);
      }
      assert.deepEqual(tokens, ['a token', 'a token', undefined, undefined]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('can be called off', async () => {
    const outcome = await control.callerIdentity(call({ signal: AbortSignal.abort() }));
    assert.equal(failure(outcome), 'cancelled');
  });
});

function settings(more: object): object {
  return {
    cachingEnabled: true,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
    ...more,
  };
}

function failure(outcome: ControlOutcome<unknown>): string {
  return outcome.kind === 'failure' ? outcome.failure.kind : JSON.stringify(outcome);
}
