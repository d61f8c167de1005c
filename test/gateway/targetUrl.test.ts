import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { InvalidationDraft } from '../../server/src/core/index';
import { buildRequest, requestUrl } from '../../server/src/gateway/request';
import { validateTarget } from '../../server/src/gateway/targetProblems';
import {
  type ConfiguredDomain,
  targetOfUrl,
  type UrlTarget,
  urlDraft,
  urlTargetArn,
} from '../../server/src/gateway/targetUrl';
import { aTarget } from './targets';

const DOMAINS: readonly ConfiguredDomain[] = [
  { name: 'api.example.com', basePath: '', region: 'us-east-1', apiId: 'whole', stage: 'prod' },
  { name: 'api.example.com', basePath: 'v1', region: 'eu-west-1', apiId: 'first', stage: 'one' },
  { name: 'api.example.com', basePath: 'v1/beta', region: 'cn-north-1' },
];

describe('An invoke URL', () => {
  const TARGETS: readonly (readonly [url: string, Partial<UrlTarget>])[] = [
    [
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/7',
      { partition: 'aws', region: 'us-east-1', apiId: 'a1b2c3d4e5', stage: 'prod', path: 'pets/7' },
    ],
    [
      ' HTTPS://A1B2C3D4E5.execute-api.cn-north-1.amazonaws.com.cn/prod/#top ',
      { partition: 'aws-cn', region: 'cn-north-1', apiId: 'a1b2c3d4e5', stage: 'prod', path: '' },
    ],
    [
      'https://a1b2c3d4e5.execute-api.us-gov-west-1.amazonaws.com/prod',
      { partition: 'aws-us-gov', stage: 'prod', path: '' },
    ],
    ['https://a1b2c3d4e5.execute-api.eusc-de-east-1.amazonaws.eu/p/x', { partition: 'aws-eusc', path: 'x' }],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/', { stage: undefined, path: '' }],
    [
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/a%20b//c/?q=a+b%2Bc&q=&flag#x?y',
      {
        path: 'a%20b//c/',
        query: [
          ['q', 'a b+c'],
          ['q', ''],
          ['flag', ''],
        ],
      },
    ],
    [
      'https://a1b2c3d4e5-vpce-0a1b2c.execute-api.us-east-1.amazonaws.com/prod/pets',
      {
        apiId: 'a1b2c3d4e5',
        stage: 'prod',
        endpoint: 'https://{apiId}-vpce-0a1b2c.execute-api.{region}.amazonaws.com',
      },
    ],
    [
      'https://vpce-0a1b2c-x1y2.execute-api.us-east-1.vpce.amazonaws.com/prod/pets',
      {
        apiId: undefined,
        stage: 'prod',
        endpoint: 'https://vpce-0a1b2c-x1y2.execute-api.{region}.vpce.amazonaws.com',
      },
    ],
    [
      'http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/prod/pets',
      {
        region: undefined,
        apiId: 'a1b2c3d4e5',
        stage: 'prod',
        path: 'pets',
        endpoint: 'http://127.0.0.1:4566/_aws/execute-api/{apiId}',
      },
    ],
    ['https://api.example.com/pets', { apiId: 'whole', stage: 'prod', path: 'pets', domain: DOMAINS[0] }],
    ['https://API.example.com/v1/pets', { region: 'eu-west-1', apiId: 'first', path: 'pets' }],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:443/prod/pets', { stage: 'prod', path: 'pets' }],
    ['https://api.example.com/v1', { apiId: 'first', path: '' }],
    ['https://api.example.com:443/v1', { apiId: 'first', path: '' }],
    [
      'http://localhost/_aws/execute-api/a1b2c3d4e5/prod',
      { stage: 'prod', path: '', endpoint: 'http://localhost/_aws/execute-api/{apiId}' },
    ],
    ['https://api.example.com/v10/pets', { apiId: 'whole', path: 'v10/pets' }],
    [
      'https://api.example.com/v1/beta/pets',
      { partition: 'aws-cn', apiId: undefined, stage: undefined, path: 'pets' },
    ],
  ];
  for (const [url, wanted] of TARGETS) {
    it(`is understood: ${url}`, () => {
      const outcome = targetOfUrl(url, DOMAINS);
      assert.ok('target' in outcome, JSON.stringify(outcome));
      const found = Object.fromEntries(
        Object.keys(wanted).map((key) => [key, outcome.target[key as keyof UrlTarget]]),
      );
      assert.deepEqual(found, wanted);
    });
  }

  const REFUSED: readonly (readonly [url: string, reason: RegExp])[] = [
    ['wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod', /WebSocket/],
    ['https://me:pw@a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod', /user name/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com@evil.example/prod', /user name/],
    ['https://evil.example/prod', /neither a host of API Gateway/],
    [
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com.evil.example/prod',
      /neither a host of API Gateway/,
    ],
    ['https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com/prod', /neither a host of API Gateway/],
    ['https://bucket.s3.us-east-1.amazonaws.com/prod', /neither a host of API Gateway/],
    ['http://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod', /https/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:8443/prod', /own port/],
    ['http://api.example.com/v1/pets', /https/],
    ['http://127.0.0.1:4566/elsewhere', /emulator/],
    ['https://api.example.com:8443/v1/pets', /own port/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod?q=%zz', /not encoded/],
    ['https://d-a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/pets', /names no API/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com\\@evil.example/', /backslash/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/a\r\nb', /control character/],
    ['file:///etc/passwd', /not an http/],
    ['not a url', /space/],
    ['', /not an http/],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com//prod/pets', /begins with two slashes/],
    ['https://api.example.com//v1/pets', /begins with two slashes/],
  ];
  for (const [url, reason] of REFUSED) {
    it(`is refused: ${JSON.stringify(url)}`, () => {
      const outcome = targetOfUrl(url, DOMAINS);
      assert.ok('refusal' in outcome, JSON.stringify(outcome));
      assert.match(outcome.refusal, reason);
    });
  }

  it('names a resource, with a star for what it does not say', () => {
    const outcome = targetOfUrl('https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/', []);
    assert.ok('target' in outcome);
    assert.equal(urlTargetArn(outcome.target), 'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/*/GET/');
  });

  it('is a draft whose path is meant as it is', () => {
    const draft = { path: 'as the ARN has it', open: ['path', 'stage'] } as unknown as InvalidationDraft;
    const asked: string[] = [];
    const of = (url: string, drafted: InvalidationDraft) => {
      const outcome = targetOfUrl(url, []);
      assert.ok('target' in outcome);
      return urlDraft(outcome.target, (arn) => {
        asked.push(arn);
        return drafted;
      });
    };
    const at = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod';
    assert.deepEqual(of(`${at}/a%20b`, draft), { ...draft, path: 'a%20b', open: ['stage'] });
    assert.deepEqual(asked, ['arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/a%20b']);
    // A pattern has to be filled in.
    assert.deepEqual(of(`${at}/a/{id}`, draft), draft);
    assert.deepEqual(of(`${at}/a/*`, draft), draft);
    const refused = { ...draft, refusal: 'no' } as unknown as InvalidationDraft;
    assert.deepEqual(of(`${at}/a`, refused), refused);
  });

  it('of a request leads back to the same request, whatever its path and query hold', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 3 }),
        fc.array(fc.tuple(part, part), { maxLength: 3 }),
        (path, query) => {
          const target = aTarget({ path: path.join('/'), query });
          fc.pre(validateTarget(target).length === 0);
          const url = requestUrl(buildRequest(target));
          const outcome = targetOfUrl(url, []);
          assert.ok('target' in outcome, JSON.stringify(outcome));
          const again = { ...target, path: outcome.target.path, query: outcome.target.query };
          assert.equal(requestUrl(buildRequest(again)), url);
        },
      ),
    );
  });

  it('leads to no other host than those that are known', () => {
    const label = fc.constantFrom(
      'a1b2',
      'execute-api',
      'us-east-1',
      'vpce',
      'amazonaws',
      'com',
      'cn',
      'api',
      'example',
      '',
    );
    const known = /^(?:[a-z0-9-]+\.execute-api\.us-east-1\.(?:vpce\.)?amazonaws\.com|api\.example\.com)$/;
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
        const host = labels.join('.');
        assert.equal('target' in targetOfUrl(`https://${host}/prod/pets`, DOMAINS), known.test(host), host);
      }),
      { examples: [[['a1b2', 'execute-api', 'us-east-1', 'amazonaws', 'com']]] },
    );
  });
});
