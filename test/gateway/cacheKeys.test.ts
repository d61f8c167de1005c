import assert from 'node:assert/strict';
import { invalidateAll } from '../../server/src/gateway/batch';
import { type EntryKeys, entryOf, keysInDefinitions } from '../../server/src/gateway/cacheKeys';
import { invalidate } from '../../server/src/gateway/invalidate';
import { renderReport } from '../../server/src/gateway/report';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';
import { aTarget } from './targets';

const KEYS: EntryKeys = {
  method: 'GET',
  resourcePath: '/pets/{petId}',
  source: 'definition',
  transfer: undefined,
  keys: [
    { place: 'path', name: 'petId' },
    { place: 'querystring', name: 'page' },
    { place: 'header', name: 'X-Tenant' },
  ],
};

describe('which entry a request means', () => {
  it('is told by its keys, those that are absent included', () => {
    const entry = entryOf(aTarget({ path: 'pets/7', headers: [['x-tenant', 'blue']] }), KEYS);
    assert.equal(
      entry.meant,
      'The entry of GET /pets/{petId} is meant with path parameter petId = "7", query parameter page absent, header X-Tenant = "blue".',
    );
    assert.deepEqual(entry.warnings, [
      'The query parameter page is a cache key and was not sent: only the entry of requests without it is meant.',
    ]);
  });

  it('is not told by what is no key', () => {
    const { warnings } = entryOf(
      aTarget({
        path: 'pets/7',
        query: [
          ['Page', '1'],
          ['page', '2'],
        ],
        headers: [
          ['X-Tenant', 'a'],
          ['accept-language', 'en'],
        ],
      }),
      { ...KEYS, keys: KEYS.keys.slice(1), namespace: 'pets' },
    );
    assert.equal(warnings.length, 4);
    assert.match(warnings[0] ?? '', /^petId in the path is not a cache key/);
    assert.match(warnings[1] ?? '', /^The query parameter Page is not a cache key/);
    assert.match(warnings[2] ?? '', /^The header accept-language is not a cache key/);
    assert.match(warnings[3] ?? '', /cache namespace pets/);
  });

  it('is not certain where a key is given more than once', () => {
    const warned = (...query: readonly (readonly [string, string])[]) =>
      entryOf(aTarget({ path: 'pets/7', query, headers: [['X-Tenant', 'a']] }), KEYS).warnings.filter(
        (each) => each.includes('more than once'),
      );
    assert.deepEqual(warned(['page', '1'], ['page', '2']), [
      'The query parameter page is given more than once; which of its values the key has is not documented.',
    ]);
    assert.deepEqual(warned(['page', '1'], ['sort', '1'], ['sort', '2']), []);
    assert.deepEqual(warned(['page', '1']), []);
  });

  it('is one for all requests where there are no keys', () => {
    assert.match(entryOf(aTarget({ path: 'pets/7' }), { ...KEYS, keys: [] }).meant, /share one entry/);
  });

  it('is found at the most specific resource of the definition that has the API', () => {
    const api = {
      name: 'a',
      uri: 'a.yaml',
      kind: 'rest' as const,
      ids: ['a1b2c3d4e5'],
      stages: [],
      regions: [],
      complete: true,
    };
    const route = (path: string, key: string, method = 'GET') => ({
      method,
      path,
      span: { start: 0, end: 0 },
      caching: { keys: [{ place: 'querystring' as const, name: key }] },
    });
    const routes = [
      route('/{proxy+}', 'greedy', 'ANY'),
      route('/pets/{petId}', 'one'),
      route('/pets/all', 'all'),
      route('/pets/{petId}', 'post', 'POST'),
    ];
    const keyOf = (path: string, apis: Parameters<typeof keysInDefinitions>[1], method = 'GET') =>
      keysInDefinitions({ apiId: 'a1b2c3d4e5', method, path }, apis)?.keys[0]?.name;
    assert.equal(keyOf('pets/7', [{ ...api, routes }]), 'one');
    assert.equal(keyOf('pets/all', [{ ...api, routes }]), 'all');
    assert.equal(keyOf('pets/7', [{ ...api, routes }], 'POST'), 'post');
    assert.equal(keyOf('x/y', [{ ...api, routes }]), 'greedy');
    const other = { ...api, ids: ['zzzzzzzzzz'], routes: [route('/pets/{petId}', 'foreign')] };
    assert.equal(keyOf('pets/7', [other]), undefined);
    const nameless = { ...api, ids: [], routes: [route('/pets/{petId}', 'nameless')] };
    assert.equal(keyOf('pets/7', [nameless, other]), 'nameless');
    assert.equal(keyOf('pets/7', [nameless, { ...api, routes }]), 'one');
    assert.equal(
      keyOf('pets/7', [nameless, { ...nameless, routes: [route('/pets/{petId}', 'b')] }]),
      undefined,
    );
    assert.equal(keyOf('pets/7', [{ ...api, kind: 'http', routes }]), undefined);
  });
});

describe('the cache keys that AWS tells', () => {
  const chief: CallerConfig = {
    ...invalidator,
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  const [pets] = petstore.routes.slice(1);
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          routes: [
            ...petstore.routes,
            { ...pets, method: 'GET', auth: 'AWS_IAM', path: '/stream', transfer: 'stream' },
            {
              ...pets,
              method: 'GET',
              auth: 'AWS_IAM',
              path: '/shared',
              cache: { keyParameters: ['method.request.querystring.page'], namespace: 'both' },
            },
            {
              ...pets,
              method: 'GET',
              auth: 'AWS_IAM',
              path: '/shared/too',
              cache: { keyParameters: ['method.request.querystring.page'], namespace: 'both' },
            },
          ],
        },
      ],
      callers: [chief, { ...invalidator, accessKeyId: 'AKIAINVOKEONLY7EXAMP' }],
    });
  });
  after(() => gateway.close());

  const options = () => ({ timeoutMs: limit(20_000), controlEndpoint: gateway.url, keys: 'read' as const });
  const target = (changes: Parameters<typeof aTarget>[0]) =>
    aTarget({ endpoint: gateway.endpoint, ...changes });
  const plain = async (path: string) =>
    (
      await plainRequest({
        url: `${gateway.endpoint.replace('{apiId}', petstore.id)}/prod/${path}`,
        signedBy: chief,
      })
    ).body;

  it('say which of two entries is renewed, and it is that one', async () => {
    const [first, second] = [await plain('pets?page=1'), await plain('pets?page=2')];
    const result = await invalidate(
      hostOf(chief),
      target({ path: 'pets', query: [['page', '1']] }),
      options(),
    );
    assert.equal(result.verdict.kind, 'accepted');
    assert.deepEqual(result.entry?.keys, [
      { place: 'querystring', name: 'page', value: '1' },
      { place: 'header', name: 'X-Tenant' },
    ]);
    assert.ok(result.verdict.caveats.some((caveat) => caveat.includes('page = "1"')));
    assert.ok(
      result.verdict.caveats.some((caveat) => caveat.includes('X-Tenant is a cache key and was not sent')),
    );
    assert.match(renderReport(result), /## Entry\n\nBy AWS, `GET \/pets` has these cache keys/);
    assert.notEqual(await plain('pets?page=1'), first);
    assert.equal(await plain('pets?page=2'), second);
  });

  it('name what is no key, and the entry is renewed all the same', async () => {
    const stale = await plain('pets/7');
    const result = await invalidate(
      hostOf(chief),
      target({ path: 'pets/7', query: [['lang', 'en']] }),
      options(),
    );
    assert.match(result.verdict.caveats[0] ?? '', /lang is not a cache key/);
    assert.notEqual(await plain('pets/7'), stale);
  });

  it('make a streamed response what nothing can be invalidated of', async () => {
    const { verdict } = await invalidate(hostOf(chief), target({ path: 'stream' }), options());
    assert.equal(verdict.kind, 'not-cacheable');
    assert.match(verdict.explanation, /responseTransferMode STREAM/);
  });

  it('name the namespace, in which another method has the same entry', async () => {
    const stale = await plain('shared?page=1');
    const { entry } = await invalidate(
      hostOf(chief),
      target({ path: 'shared/too', query: [['page', '1']] }),
      options(),
    );
    assert.equal(entry?.namespace, 'both');
    assert.notEqual(await plain('shared?page=1'), stale);
  });

  it('are asked for once for several entries, over all pages of resources', async () => {
    const before = gateway.requests.length;
    await invalidateAll(
      hostOf(chief),
      [1, 2, 3].map((pet) => target({ path: `pets/${pet}` })),
      { ...options(), keys: () => 'read', concurrency: 1 },
    );
    const asked = gateway.requests.slice(before).map(({ path }) => path);
    assert.equal(asked.filter((path) => path.endsWith('/integration')).length, 1);
    assert.ok(asked.filter((path) => path.endsWith('/resources')).length > 1);
  });

  it('that cannot be read stop nothing: the caveat names the permission', async () => {
    const caller = { ...invalidator, accessKeyId: 'AKIAINVOKEONLY7EXAMP' };
    const { verdict, entry } = await invalidate(hostOf(caller), target({ path: 'pets/7' }), options());
    assert.equal(verdict.kind, 'accepted');
    assert.equal(entry, undefined);
    assert.ok(
      verdict.caveats.some((caveat) =>
        /apigateway:GET on arn:aws:apigateway:us-east-1::\/restapis\/a1b2c3d4e5\/resources/.test(caveat),
      ),
    );
    const unsigned = await invalidate(hostOf(caller), target({ path: 'pets/7' }), {
      ...options(),
      signing: 'unsigned',
    });
    assert.notEqual(unsigned.verdict.kind, 'accepted');
  });

  it('hold no secret', async () => {
    const result = await invalidate(
      hostOf(chief),
      target({ path: 'pets', query: [['token', 's3cr3tvalue']] }),
      options(),
    );
    assert.doesNotMatch(JSON.stringify(result) + renderReport(result), /s3cr3tvalue/);
  });
});
