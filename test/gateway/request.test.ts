import * as assert from 'node:assert/strict';
import { mayChangeState } from '../../server/src/gateway/method';
import { buildRequest, requestUrl, targetArn } from '../../server/src/gateway/request';
import type { InvalidationTarget, TargetProblemKind } from '../../server/src/gateway/target';
import { validateTarget } from '../../server/src/gateway/targetProblems';
import { aTarget } from './targets';

describe('The request for a target', () => {
  const URLS: readonly (readonly [url: string, Partial<InvalidationTarget>])[] = [
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/1', {}],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/', { path: '' }],
    [
      'https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/prod/pets/1',
      { partition: 'aws-cn', region: 'cn-north-1' },
    ],
    [
      'https://a1b2c3d4e5.execute-api.us-gov-west-1.amazonaws.com/prod/pets/1',
      { partition: 'aws-us-gov', region: 'us-gov-west-1' },
    ],
    [
      'https://a1b2c3d4e5.execute-api.eusc-de-east-1.amazonaws.eu/prod/pets/1',
      { partition: 'aws-eusc', region: 'eusc-de-east-1' },
    ],
    // A Region that is newer than the list, but looks like one of its partition.
    ['https://a1b2c3d4e5.execute-api.eu-west-9.amazonaws.com/prod/pets/1', { region: 'eu-west-9' }],
    [
      'http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/prod/pets/1',
      { endpoint: 'http://127.0.0.1:4566/_aws/execute-api/{apiId}' },
    ],
    ['http://localhost:4566/us-east-1/prod/pets/1', { endpoint: 'http://localhost:4566/{region}/' }],
    ['http://[::1]:4566/prod/pets/1', { endpoint: 'http://[::1]:4566' }],
    [
      'https://a1b2c3d4e5-vpce-0a1b.execute-api.us-east-1.amazonaws.com/prod/pets/1',
      { endpoint: 'https://{apiId}-vpce-0a1b.execute-api.{region}.amazonaws.com' },
    ],
    ['https://api.example.com/v1/pets/1', { domain: { name: 'api.example.com', basePath: 'v1' } }],
    ['https://api.example.com/pets/1', { domain: { name: 'api.example.com', basePath: '' } }],
    ['https://api.example.com/a/b/pets/1', { domain: { name: 'api.example.com', basePath: 'a/b' } }],
  ];
  for (const [url, changes] of URLS) {
    it(`goes to ${url}`, () => {
      const request = buildRequest(aTarget(changes));
      assert.equal(requestUrl(request), url);
      assert.ok(!request.hostname.includes('['));
      assert.deepEqual(
        request.headers.filter(([name]) => name === 'host' || name === 'cache-control'),
        [
          ['host', new URL(url).host],
          ['cache-control', 'max-age=0'],
        ],
      );
    });
  }

  const OWN = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
  const AT_VPC = 'https://vpce-0a1b.execute-api.us-east-1.vpce.amazonaws.com';
  const DOMAIN = { name: 'api.example.com', basePath: '' };
  // What is on this machine passes the connection on, so that the certificate is that of the name that is meant.
  const CERTIFICATES: readonly (readonly [Partial<InvalidationTarget>, string | undefined])[] = [
    [{}, undefined],
    [{ domain: DOMAIN }, undefined],
    [{ endpoint: 'https://127.0.0.1:4566' }, undefined],
    [{ endpoint: 'https://127.0.0.1:4566', host: OWN }, OWN],
    [{ endpoint: 'https://127.0.0.1:4566', domain: DOMAIN }, 'api.example.com'],
    [{ endpoint: 'http://127.0.0.1:4566', host: OWN }, undefined],
    [{ endpoint: AT_VPC, host: OWN }, 'vpce-0a1b.execute-api.us-east-1.vpce.amazonaws.com'],
  ];
  for (const [changes, name] of CERTIFICATES) {
    it(`with ${JSON.stringify(changes)} wants the certificate of ${name ?? 'where it goes'}`, () => {
      assert.equal(buildRequest(aTarget(changes)).serverName, name);
    });
  }

  const PATHS: readonly (readonly [path: string, sent: string])[] = [
    ['pets/a b', '/prod/pets/a%20b'],
    ['pets/a%20b', '/prod/pets/a%20b'],
    ['pets/100%', '/prod/pets/100%25'],
    ['pets/%zz', '/prod/pets/%25zz'],
    ['pets/%2A', '/prod/pets/%2A'],
    ['orders:search', '/prod/orders:search'],
    ["a!$&'()+,;=@b", "/prod/a!$&'()+,;=@b"],
    ['größe/日本/🐕', '/prod/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC/%F0%9F%90%95'],
    ['a#b|c^d`e"f<g>h\\i[j]', '/prod/a%23b%7Cc%5Ed%60e%22f%3Cg%3Eh%5Ci%5Bj%5D'],
    ['pets//1', '/prod/pets//1'],
    ['pets/', '/prod/pets/'],
    ['pets/...', '/prod/pets/...'],
  ];
  for (const [path, sent] of PATHS) {
    it(`has the path ${sent} for ${path}`, () => {
      assert.equal(buildRequest(aTarget({ path })).path, sent);
    });
  }

  it('encodes the query strictly and keeps its order', () => {
    const query = [
      ['q', 'a b+c&d=e%20'],
      ['$top', "*'()!"],
      ['a', ''],
      ['q', 'again'],
    ] as const;
    assert.equal(
      buildRequest(aTarget({ path: 'pets', query })).path,
      '/prod/pets?q=a%20b%2Bc%26d%3De%2520&%24top=%2A%27%28%29%21&a=&q=again',
    );
  });

  it('sends the headers of the cache key, and a chosen one in place of its own', () => {
    const { headers } = buildRequest(
      aTarget({
        headers: [
          ['X-Tenant', 'blue'],
          ['Accept', 'text/csv'],
        ],
      }),
    );
    assert.deepEqual(
      headers.filter(([name]) => name === 'x-tenant' || name === 'accept'),
      [
        ['x-tenant', 'blue'],
        ['accept', 'text/csv'],
      ],
    );
  });

  it('names the API to a VPC endpoint, which leads to many', () => {
    const atEndpoint = (endpoint: string) =>
      buildRequest(aTarget({ endpoint })).headers.find(([name]) => name === 'x-apigw-api-id')?.[1];
    assert.equal(atEndpoint('https://vpce-0a1b.execute-api.{region}.vpce.amazonaws.com'), 'a1b2c3d4e5');
    assert.equal(atEndpoint('https://{apiId}-vpce-0a1b.execute-api.{region}.amazonaws.com'), undefined);
  });

  it('asks for nothing fresh when it only reads', () => {
    const { headers } = buildRequest(aTarget(), 'read');
    assert.ok(!headers.some(([name]) => name === 'cache-control'));
  });

  it('is not built for a target with problems', () => {
    assert.throws(() => buildRequest(aTarget({ stage: '*' })), TypeError);
  });
});

describe('A target', () => {
  const PROBLEMS: readonly (readonly [TargetProblemKind, Partial<InvalidationTarget>])[] = [
    ['wildcard', { stage: '*' }],
    ['wildcard', { path: 'pets/*' }],
    ['wildcard', { path: 'pets?page=1' }],
    ['wildcard', { region: 'us-*' }],
    ['parameter', { path: 'pets/{petId}' }],
    ['parameter', { apiId: '${ApiId}' }],
    ['partition-unknown', { partition: 'amazon' }],
    ['region-unknown', { region: 'us-east' }],
    ['region-unknown', { region: 'us-east-1.evil.example' }],
    ['region-mismatch', { partition: 'aws-cn' }],
    ['region-mismatch', { region: 'us-gov-west-1' }],
    ['http-api', { stage: '$default' }],
    ['websocket', { method: '$connect' }],
    ['connections', { path: '@connections/abc', method: 'POST' }],
    ['authorizer', { stage: 'authorizers', method: 'x1y2z3' }],
    ['domain-name', { apiId: '', stage: 'domainnames', method: 'api.example.com+d1' }],
    ['method', { method: 'get' }],
    ['method', { method: 'ANY' }],
    ['method', { method: 'pets' }],
    ['api-id', { apiId: 'evil.example/' }],
    ['api-id', { apiId: 'user@host' }],
    ['api-id', { apiId: '' }],
    ['stage', { stage: 'prod/x' }],
    ['stage', { stage: '..' }],
    ['path-leading-slash', { path: '/pets' }],
    ['path-dot-segment', { path: 'pets/../admin' }],
    ['path-dot-segment', { path: 'pets/%2E%2e/admin' }],
    ['path-dot-segment', { path: './pets' }],
    ['control-character', { path: 'pets\r\nX: y' }],
    ['control-character', { path: 'pets\u2028' }],
    ['control-character', { query: [['a', 'b\n']] }],
    ['control-character', { headers: [['x-a', 'b\r\nevil: yes']] }],
    ['control-character', { endpoint: 'http://127.0.0.1\n' }],
    ['encoding', { path: 'pets/\ud800' }],
    ['encoding', { query: [['a', '\udc00']] }],
    ['query-name', { query: [['', 'x']] }],
    ['query-name', { query: [['X-Amz-Signature', 'x']] }],
    ['header-name', { headers: [['a b', 'c']] }],
    ['header-name', { headers: [['', 'c']] }],
    ['header-value', { headers: [['x-a', 'ü']] }],
    [
      'header-duplicate',
      {
        headers: [
          ['x-a', '1'],
          ['X-A', '2'],
        ],
      },
    ],
    ['header-reserved', { headers: [['Host', 'evil.example']] }],
    ['header-reserved', { headers: [['Authorization', 'Bearer x']] }],
    ['header-reserved', { headers: [['X-Amz-Security-Token', 'x']] }],
    ['header-reserved', { headers: [['Transfer-Encoding', 'chunked']] }],
    ['header-reserved', { headers: [['Cache-Control', 'no-store']] }],
    ['endpoint', { endpoint: 'ftp://127.0.0.1' }],
    ['endpoint', { endpoint: '127.0.0.1:4566' }],
    ['endpoint', { endpoint: 'http://127.0.0.1/?a=b' }],
    ['endpoint', { endpoint: 'http://127.0.0.1/#' }],
    ['endpoint', { endpoint: 'http://127.0.0.1/a/../b' }],
    ['endpoint-userinfo', { endpoint: 'http://me:pw@127.0.0.1' }],
    ['endpoint-userinfo', { endpoint: 'http://127.0.0.1@evil.example' }],
    ['endpoint-userinfo', { endpoint: 'http://@127.0.0.1' }],
    ['endpoint-insecure', { endpoint: 'http://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com' }],
    ['endpoint-insecure', { endpoint: 'http://127.0.0.1.evil.example' }],
    ['endpoint-insecure', { endpoint: 'http://localhost.evil.example' }],
    ['endpoint-host', { endpoint: 'https://evil.example' }],
    ['domain', { domain: { name: '', basePath: '' } }],
    ['domain', { domain: { name: 'API.example.com', basePath: '' } }],
    // 254 characters, one more than names have, and a label of 64.
    [
      'domain',
      {
        domain: {
          name: `${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(58)}.com`,
          basePath: '',
        },
      },
    ],
    ['domain', { domain: { name: `${'a'.repeat(64)}.com`, basePath: '' } }],
    ['domain', { domain: { name: '-a.example.com', basePath: '' } }],
    ['domain', { domain: { name: 'localhost', basePath: '' } }],
    ['domain', { domain: { name: '10.0.0.1', basePath: '' } }],
    ['domain', { domain: { name: 'api.example.com:8443', basePath: '' } }],
    ['domain', { domain: { name: 'me@api.example.com', basePath: '' } }],
    ['domain', { domain: { name: 'api.example.com/x', basePath: '' } }],
    ['domain', { domain: { name: 'api.example.com\r\n', basePath: '' } }],
    ['domain', { domain: { name: 'evil.s3.us-east-1.amazonaws.com', basePath: '' } }],
    ['domain', { domain: { name: 'api.example.com', basePath: '/v1' } }],
    ['domain', { domain: { name: 'api.example.com', basePath: '../v1' } }],
    ['domain', { domain: { name: 'api.example.com', basePath: 'v1?x' } }],
    [
      'host',
      {
        domain: { name: 'api.example.com', basePath: '' },
        endpoint: 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      },
    ],
    // Anybody can have a bucket, and read what is sent to it.
    ['endpoint-host', { endpoint: 'https://evil.s3.us-east-1.amazonaws.com' }],
    ['endpoint-host', { endpoint: 'https://x.execute-api.us-east-1.amazonaws.com.evil.example' }],
    ['endpoint-host', { endpoint: 'https://x.execute-api.eu-west-1.amazonaws.com' }],
    ['endpoint-host', { endpoint: 'https://x.execute-api.us-east-1.amazonaws.com.cn' }],
  ];
  for (const [kind, changes] of PROBLEMS) {
    it(`with ${JSON.stringify(changes)} is refused: ${kind}`, () => {
      const problems = validateTarget(aTarget(changes));
      assert.deepEqual([...new Set(problems.map((problem) => problem.kind))], [kind]);
      assert.ok(
        problems.every((problem) => problem.message.endsWith('.') && !/[\r\n]/.test(problem.message)),
      );
    });
  }

  const SOUND: readonly Partial<InvalidationTarget>[] = [
    { domain: { name: 'api.example.com', basePath: 'a/b' } },
    {
      domain: {
        name: `${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(57)}.com`,
        basePath: '',
      },
    },
    {
      domain: { name: 'api.example.com', basePath: '' },
      endpoint: 'https://vpce-0.execute-api.us-east-1.vpce.amazonaws.com',
    },
    { domain: { name: 'api.example.com', basePath: '' }, endpoint: 'http://127.0.0.1:4566' },
    { endpoint: 'http://localhost:4566' },
    { endpoint: 'http://[::1]:4566' },
    { endpoint: 'https://{apiId}.execute-api.{region}.amazonaws.com' },
    { endpoint: 'https://vpce-0.execute-api.us-east-1.vpce.amazonaws.com' },
    { endpoint: 'http://127.0.0.1:4566', host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com' },
  ];
  for (const changes of SOUND) {
    it(`with ${JSON.stringify(changes)} has no problem`, () => {
      assert.deepEqual(validateTarget(aTarget(changes)), []);
    });
  }

  const HOSTS: readonly (readonly [Partial<InvalidationTarget>, RegExp])[] = [
    [{ host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com' }, /needs an endpoint that leads to it/],
    [
      {
        host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
        endpoint: 'https://{apiId}.execute-api.us-east-1.amazonaws.com',
      },
      /only be chosen for a VPC endpoint/,
    ],
    [
      { host: 'evil.example', endpoint: 'http://127.0.0.1:4566' },
      /is not the host name of the API, which is a1b2c3d4e5\./,
    ],
    [
      { host: 'x', endpoint: 'http://127.0.0.1:4566', domain: { name: 'api.example.com', basePath: '' } },
      /a host name of its own or a custom domain, not both/,
    ],
  ];
  for (const [changes, message] of HOSTS) {
    it(`with ${JSON.stringify(changes)} is refused: ${message.source}`, () => {
      const problems = validateTarget(aTarget(changes));
      assert.deepEqual(
        problems.map(({ kind }) => kind),
        ['host'],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('with several problems tells all of them, each field once', () => {
    const problems = validateTarget(aTarget({ stage: '*', method: 'get', path: 'pets/{id}' }));
    assert.deepEqual(
      problems.map(({ field, kind }) => [field, kind]),
      [
        ['stage', 'wildcard'],
        ['path', 'parameter'],
        ['method', 'method'],
      ],
    );
  });

  it('has an ARN, with a star for an account that is not known', () => {
    assert.equal(
      targetArn(aTarget()),
      'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/1',
    );
    assert.equal(
      targetArn(aTarget({ accountId: undefined, path: '' })),
      'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/',
    );
  });

  it('changes nothing behind the API with GET and HEAD only', () => {
    assert.deepEqual(['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'].map(mayChangeState), [
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
