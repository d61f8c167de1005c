import { strict as assert } from 'node:assert';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import type { Identity, InvalidationTarget } from '../../server/src/protocol/invalidation';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { type LspClient, startLspClient } from '../support/lspClient';
import { petstore } from '../support/petstore';

const TOKEN = 'eyJraWQiOiJFWEFNUExFIn0.eyJzdWIiOiJFWEFNUExFIn0.c2lnbmF0dXJl';

describe('an editor that sends a bearer token', () => {
  let client: LspClient;
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          routes: [{ method: 'GET', path: '/orders', auth: 'BEARER', cache: { keyParameters: [] } }],
        },
      ],
      callers: [],
    });
  });
  after(() => gateway.close());
  beforeEach(async () => {
    client = await startLspClient({
      host: {
        openGateway: () => ({
          host: { ...createGatewayHost(), credentials: () => assert.fail('Credentials are asked for.') },
          profiles: async () => [],
        }),
      },
    });
  });
  afterEach(() => client.stop());

  const params = (identity: Identity) => ({
    id: '1',
    identity,
    timeoutSeconds: 5,
    target: {
      partition: 'aws',
      region: 'us-east-1',
      apiId: petstore.id,
      stage: 'open',
      method: 'GET',
      path: 'orders',
      query: [],
      headers: [],
      endpoint: gateway.endpoint,
    } satisfies InvalidationTarget,
  });

  it('has it accepted, and in no report', async () => {
    const result = await client.request('iamPolicy/invalidate', {
      ...params({ kind: 'bearer' }),
      bearer: TOKEN,
    });
    assert.equal(result.verdict.kind, 'accepted');
    assert.doesNotMatch(JSON.stringify(result), /eyJraWQi/);
    const { target, ...rest } = params({ kind: 'bearer' });
    const many = await client.request('iamPolicy/invalidateMany', {
      ...rest,
      targets: [target],
      bearer: TOKEN,
    });
    assert.deepEqual(
      many.verdicts.map(({ kind }) => kind),
      ['accepted'],
    );
    assert.doesNotMatch(JSON.stringify(many), /eyJraWQi/);
  });

  it('sends nothing where the token is missing, and no token beside another identity', async () => {
    const seen = gateway.requests.length;
    const missing = await client.request('iamPolicy/invalidate', params({ kind: 'bearer' }));
    assert.equal(missing.verdict.kind, 'not-sent');
    assert.equal(gateway.requests.length, seen);
    const unsigned = await client.request('iamPolicy/invalidate', {
      ...params({ kind: 'unsigned' }),
      bearer: TOKEN,
    });
    assert.equal(unsigned.verdict.reason, 'unauthorized');
  });

  it('gets a curl command with a variable for it', async () => {
    const { command } = await client.request('iamPolicy/curl', {
      target: params({ kind: 'bearer' }).target,
      signing: 'unsigned',
      apiKey: 'absent',
      bearer: 'sent',
    });
    assert.match(command ?? '', /authorization: Bearer \$TOKEN/);
  });
});
