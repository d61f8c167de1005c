import { strict as assert } from 'node:assert';
import type { InvalidationTarget } from '../../server/src/protocol/invalidation';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { type LspClient, startLspClient } from '../support/lspClient';
import { invalidator, petstore } from '../support/petstore';

const FOLDER = 'file:///repo';
const DEFINITION = `openapi: 3.0.1
info: { title: Petstore }
servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]
paths:
  /pets:
    get:
      x-amazon-apigateway-integration:
        cacheKeyParameters: [method.request.querystring.page, method.request.querystring.token]
`;

const chief: CallerConfig = {
  ...invalidator,
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

describe('the cache keys of a target', () => {
  let client: LspClient;
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [chief] });
  });
  after(() => gateway.close());
  beforeEach(async () => {
    client = await startLspClient({
      workspaceFolders: [FOLDER],
      sections: { 'iamPolicy.invalidation': { controlEndpoint: gateway.url } },
      host: {
        workspaceFiles: {
          find: async () => [`${FOLDER}/petstore.yaml`],
          read: async () => DEFINITION,
        },
        openGateway: () => ({ host: hostOf(chief), profiles: async () => [] }),
      },
    });
  });
  afterEach(() => client.stop());

  const target = (changes: Partial<InvalidationTarget> = {}): InvalidationTarget => ({
    partition: 'aws',
    region: 'us-east-1',
    apiId: petstore.id,
    stage: 'prod',
    method: 'GET',
    path: 'pets',
    query: [],
    headers: [],
    endpoint: gateway.endpoint,
    ...changes,
  });
  const asked = { identity: { kind: 'default' }, timeoutSeconds: 5 } as const;

  it('come from the definition of the workspace, without a secret', async () => {
    const query = [['token', 's3cr3tvalue']] as const;
    const { entry } = await client.request('iamPolicy/cacheKeys', { target: target({ query }) });
    assert.equal(entry?.route, 'GET /pets');
    assert.deepEqual(entry.keys, [
      { place: 'querystring', name: 'page' },
      { place: 'querystring', name: 'token', value: '[redacted]' },
    ]);
    assert.doesNotMatch(JSON.stringify(entry), /s3cr3tvalue/);
    assert.deepEqual(await client.request('iamPolicy/cacheKeys', { target: target({ path: 'cats' }) }), {});
  });

  it('come from AWS where that is asked, or else the reason', async () => {
    const told = await client.request('iamPolicy/readCacheKeys', { target: target(), ...asked });
    assert.deepEqual(
      told.entry?.keys.map(({ name }) => name),
      ['page', 'X-Tenant'],
    );
    const none = await client.request('iamPolicy/readCacheKeys', {
      target: target({ path: 'cats' }),
      ...asked,
    });
    assert.match(none.problem ?? '', /no resource that takes this path/);
  });

  it('are in the report, and AWS wins where it was asked', async () => {
    const params = { id: '1', target: target(), ...asked };
    const known = await client.request('iamPolicy/invalidate', params);
    assert.match(known.report, /By the definition in the workspace, `GET \/pets`/);
    const read = await client.request('iamPolicy/invalidate', { ...params, checks: { keys: 'read' } });
    assert.match(read.report, /By AWS, `GET \/pets`/);
    const many = await client.request('iamPolicy/invalidateMany', { ...params, targets: [target()] });
    assert.equal(JSON.parse(many.json)[0].entry.source, 'definition');
  });
});
