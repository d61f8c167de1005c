import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArnExplanation } from '../../server/src/core/index';
import { languageService } from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

interface Summary {
  readonly arn: string;
  readonly says: readonly RegExp[];
  readonly saysNot?: readonly RegExp[];
}

/** What is said of the whole, on legal ARNs of every shape and on those that match nothing. */
const summaries: readonly Summary[] = [
  {
    arn: `${API}/prod/GET/pets/*`,
    says: [
      /^GET on everything below `\/pets`/,
      /stage `prod` of the API `a1b2c3d4e5`/,
      /not `\/pets` itself/,
    ],
  },
  { arn: `${API}/prod/GET/pets`, says: [/exactly `\/pets`/, /not anything below it/] },
  { arn: `${API}/prod/GET/`, says: [/GET on the root, `\/`/, /not anything below it/] },
  { arn: `${API}/prod/GET/*`, says: [/every path, the root included/], saysNot: [/not/] },
  { arn: `${API}/prod/GET/pets*`, says: [/begins with `\/pets`/], saysNot: [/; not/] },
  { arn: `${API}/prod/GET/*/owner`, says: [/matches `\/\*\/owner`/, /crossing slashes/] },
  {
    arn: `${API}/prod/*/pets`,
    says: [/^Any method on every path that ends in `\/pets`/, /not anything below it/],
    saysNot: [/exactly/],
  },
  { arn: `${API}/prod/P*/pets`, says: [/^PATCH, POST or PUT on/] },
  {
    arn: `${API}/prod/*/*`,
    says: [/Any method on every path/, /WebSocket connections/, /not WebSocket routes/],
  },
  { arn: `${API}/*`, says: [/every stage/, /WebSocket routes and connections/], saysNot: [/; not/] },
  { arn: `${API}/prod/*`, says: [/stage `prod`/, /WebSocket routes/] },
  { arn: `${API}/dev-?/GET/x`, says: [/each stage that matches `dev-\?`/] },
  { arn: `${API}/$default/GET/x`, says: [/stage `\$default`/] },
  { arn: `${API}/prod/$connect`, says: [/WebSocket route `\$connect`/] },
  { arn: `${API}/*/$connect`, says: [/WebSocket route `\$connect` in every stage/] },
  { arn: `${API}/prod/sendMessage`, says: [/WebSocket route `sendMessage`/, /no request to a REST/] },
  { arn: `${API}/*/pets`, says: [/Methods/, /WebSocket routes/, /matches `a1b2c3d4e5\/\*\/pets`/] },
  { arn: `${API}/prod/POST/@connections/*`, says: [/^Sending to every connection/, /stage `prod`/] },
  { arn: 'arn:aws:execute-api:*:*:*/@connections/*', says: [/every connection/, /every API/] },
  {
    arn: 'arn:aws:execute-api:*:*:*/prod/*/put-metric-data',
    says: [/ends in `\/put-metric-data`/, /every API/],
  },
  { arn: 'arn:aws:execute-api:*:*:*', says: [/every stage of every API/, /private custom domain/] },
  { arn: 'arn:aws:execute-api:*', says: [/every API/] },
  { arn: 'arn:aws:execute-api:us-*:*:*/*/GET/', says: [/GET on the root/, /every API/] },
  { arn: `${API}/prod/GET/pets:batch`, says: [/exactly `\/pets:batch`/] },
  {
    arn: 'arn:aws:execute-api:us-east-1:123456789012:/domainnames/api.example.com+abc123',
    says: [/private custom domain name `api\.example\.com\+abc123`/],
  },
  { arn: `${API}/authorizers/abc`, says: [/authorizer/, /no request that a client sends/] },
  { arn: 'execute-api:/prod/GET/pets', says: [/API that the policy is attached to/] },
  { arn: 'execute-api:/*', says: [/every stage of the API that the policy is attached to/] },
  { arn: `${API}/prod/get/pets`, says: [/^Matches no request/, /upper case/] },
  { arn: `${API}/prod/GET/{id}`, says: [/^Matches no request/] },
  { arn: `${API}`, says: [/^Matches no request/] },
  { arn: 'arn:aws:s3:::bucket/*', says: [/object of Amazon S3/, /crosses `\/`/] },
  { arn: 'arn:aws:s3:::bucket', says: [/The one bucket/] },
  { arn: '*', says: [/Every resource/] },
  { arn: 'arn:aws:s3', says: [/six fields/] },
  { arn: 'pets', says: [/no ARN/] },
];

/** The whole sentence, on what stands behind the API, and on ARNs that leave the API open. */
const sentences: readonly (readonly [arn: string, sentence: string])[] = [
  [
    '',
    'Matches no request. The ARN ends with the API ID "a1b2c3d4e5": no request ARN does, so it matches nothing.',
  ],
  [
    '/*',
    'Methods of REST and HTTP APIs, WebSocket routes and connections of WebSocket APIs in every stage of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod',
    'Matches no request. The ARN ends with the stage "prod": no request ARN does, so it matches nothing.',
  ],
  [
    '/prod/*',
    'Methods of REST and HTTP APIs, WebSocket routes and connections of WebSocket APIs in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/GET',
    'WebSocket routes in the stage `prod` of the API `a1b2c3d4e5`. The ARN ends with the method "GET": even the root path has a slash after it, so this matches no method.',
  ],
  ['/prod/GET/', 'GET on the root, `/`, in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.'],
  ['/prod/GET/*', 'GET on every path, the root included, in the stage `prod` of the API `a1b2c3d4e5`.'],
  [
    '/prod/*/*',
    'Any method on every path, the root included, in the stage `prod` of the API `a1b2c3d4e5`, and the management of WebSocket connections; not WebSocket routes such as `$connect`, which have no method.',
  ],
  [
    '/prod/*/pets',
    'Any method on every path that ends in `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/*/pets/*',
    'Any method on everything below `/pets`, at any depth and wherever in the path that occurs, in the stage `prod` of the API `a1b2c3d4e5`; not `/pets` itself.',
  ],
  [
    '/prod/P*/pets',
    'PATCH, POST or PUT on every path that ends in `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/G?T/pets',
    'GET on exactly `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/GET/pets*',
    'GET on every path that begins with `/pets` in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/GET/pets/*',
    'GET on everything below `/pets`, at any depth, in the stage `prod` of the API `a1b2c3d4e5`; not `/pets` itself.',
  ],
  [
    '/prod/GET/*/owner',
    'GET on every path that matches `/*/owner`, `*` crossing slashes, in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/GET/*pets',
    'GET on every path that matches `/*pets`, `*` crossing slashes, in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  ['/prod/GET/p?ts', 'GET on every path that matches `/p?ts` in the stage `prod` of the API `a1b2c3d4e5`.'],
  ['/*/GET/pets', 'GET on exactly `/pets` in every stage of the API `a1b2c3d4e5`; not anything below it.'],
  [
    '/p*/GET/pets',
    'GET on exactly `/pets` in each stage that matches `p*` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/POST/@connections/*',
    'Sending to every connection of a WebSocket API, in the stage `prod` of the API `a1b2c3d4e5`; not the requests of its clients.',
  ],
  [
    '/prod/POST/@connections/abc',
    'Sending to the connections that fit `abc` of a WebSocket API, in the stage `prod` of the API `a1b2c3d4e5`; not the requests of its clients.',
  ],
  [
    '/prod/*/@connections/*',
    'Sending to, looking at and closing every connection of a WebSocket API, in the stage `prod` of the API `a1b2c3d4e5`; not the requests of its clients.',
  ],
  [
    '/*/@connections/*',
    'Sending to, looking at and closing every connection of a WebSocket API, in every stage of the API `a1b2c3d4e5`; not the requests of its clients.',
  ],
  [
    '/*/*/@connections/*',
    'Sending to, looking at and closing every connection of a WebSocket API, in every stage of the API `a1b2c3d4e5`; not the requests of its clients.',
  ],
  [
    '/prod/$connect',
    'The WebSocket route `$connect` in the stage `prod` of the API `a1b2c3d4e5`; no other route and no connection.',
  ],
  [
    '/prod/$default',
    'The WebSocket route `$default` in the stage `prod` of the API `a1b2c3d4e5`; no other route and no connection.',
  ],
  [
    '/prod/sendmessage',
    'The WebSocket route `sendmessage` in the stage `prod` of the API `a1b2c3d4e5`; no request to a REST or HTTP API.',
  ],
  [
    '/prod/send*',
    'The WebSocket routes that fit `send*` in the stage `prod` of the API `a1b2c3d4e5`; no request to a REST or HTTP API.',
  ],
  [
    '/$default/GET/pets',
    'GET on exactly `/pets` in the stage `$default` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/$default/$default',
    'The WebSocket route `$default` in the stage `$default` of the API `a1b2c3d4e5`; no other route and no connection.',
  ],
  [
    '/authorizers/abc',
    'An authorizer of the API, as the source in a Lambda permission; no request that a client sends.',
  ],
  [
    '/authorizers/*',
    'An authorizer of the API, as the source in a Lambda permission; no request that a client sends.',
  ],
  ['/prod/get/pets', 'Matches no request. "get" matches no request: methods in an ARN are in upper case.'],
  [
    '/prod/ANY/pets',
    'Matches no request. "ANY" matches no request: a request ARN has the verb that was sent, so write *.',
  ],
  [
    '/test-invoke-stage/GET/pets',
    'GET on exactly `/pets` in the stage `test-invoke-stage` of the API `a1b2c3d4e5`; not anything below it. No caller reaches "test-invoke-stage": API Gateway uses this stage name only for test invocations.',
  ],
  [
    '/prod/GET/a/b/c',
    'GET on exactly `/a/b/c` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/prod/GET/pets/${aws:username}',
    'GET on every path that matches `/pets/${aws:username}` in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/*',
    'Methods of REST and HTTP APIs, WebSocket routes and connections of WebSocket APIs in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/GET/pets/*/owner',
    'GET on every path that matches `/pets/*/owner`, `*` crossing slashes, in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    '/prod/**/pets',
    'GET, HEAD, OPTIONS, PATCH, POST, PUT or DELETE on every path that ends in `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    '/*/*/pets',
    'Any method on every path that ends in `/pets` in every stage of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    'arn:aws:execute-api:*:*:*',
    'Methods of REST and HTTP APIs, WebSocket routes, connections of WebSocket APIs and calls through private custom domain names in every stage of every API.',
  ],
  [
    'arn:aws:execute-api:*:*:*/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of every API; not anything below it.',
  ],
  [
    'arn:aws:execute-api:eu-*:111122223333:a1b2c3d4e5/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    'arn:aws:execute-api:eu-west-1:*:a1b2*/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of each API that matches `a1b2*`; not anything below it.',
  ],
  [
    'arn:*:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of the API `a1b2c3d4e5`; not anything below it.',
  ],
  [
    'execute-api:/*',
    'Methods of REST and HTTP APIs in every stage of the API that the policy is attached to.',
  ],
  [
    'execute-api:/prod/GET/pets',
    'GET on exactly `/pets` in the stage `prod` of the API that the policy is attached to; not anything below it.',
  ],
  [
    'execute-api:/prod/*/*',
    'Any method on every path, the root included, in the stage `prod` of the API that the policy is attached to; not WebSocket routes such as `$connect`, which have no method.',
  ],
  [
    'execute-api:/*/*/*',
    'Any method on every path, the root included, in every stage of the API that the policy is attached to; not WebSocket routes such as `$connect`, which have no method.',
  ],
  ['*', 'Every resource of every service.'],
  [
    'arn:aws:execute-api:*',
    'Methods of REST and HTTP APIs, WebSocket routes, connections of WebSocket APIs and calls through private custom domain names in every stage of every API.',
  ],
];

/** What is wrong with a segment of an ARN of another service, in words. */
const problems: readonly (readonly [arn: string, problems: Readonly<Record<string, string>>])[] = [
  ['arn:aws:s3:::b', {}],
  ['arn:aws:s3:eu-west-1::b', { Region: 'ARNs of this kind have no Region: this matches nothing.' }],
  ['arn:aws:s3::111122223333:b', { Account: 'ARNs of this kind have no account: this matches nothing.' }],
  [
    'arn:aws:s3:eu-west-1:111122223333:b',
    {
      Region: 'ARNs of this kind have no Region: this matches nothing.',
      Account: 'ARNs of this kind have no account: this matches nothing.',
    },
  ],
  ['arn::s3:::b', { Partition: 'The partition is missing.' }],
  ['arn:foo:s3:::b', { Partition: '`foo` is not a partition of AWS.' }],
  ['arn:*:s3:::b', {}],
  ['arn:${Partition}:s3:::b', {}],
  ['arn:aws::::x', { Service: 'The service is missing.' }],
  ['arn:aws:sqs:eu-west-1:12:q', { Account: '`12` is not an account ID, which has twelve digits.' }],
  ['arn:aws:sqs:eu-west-1:11112222*:q', {}],
  ['arn:aws:iam::aws:policy/X', {}],
  ['arn:aws:sqs:eu-west-1:111122223333:', { Resource: 'The resource is missing.' }],
  ['arn:aws:sqs:eu-west-1', { Region: 'An ARN has six fields separated by colons, and this one ends here.' }],
  [
    'arn:aws:sqs:eu-west-1:111122223333',
    { Account: 'An ARN has six fields separated by colons, and this one ends here.' },
  ],
  ['arn:aws:sqs:*', {}],
  ['arn:aws:nosuch:eu-west-1:111122223333:x', {}],
];

/** What single segments of ARNs of other services mean. */
const meanings: readonly (readonly [arn: string, name: string, meaning: string])[] = [
  ['arn:aws:s3:::b', 'Region', 'Empty: the ARN of a bucket has no Region.'],
  ['arn:aws:s3:::b', 'Account', 'Empty: the ARN of a bucket has no account.'],
  ['arn:aws:s3:::b', 'Resource', 'A bucket, written as `arn:${Partition}:s3:::${BucketName}`.'],
  ['arn:aws:sqs:*:*:q*', 'Region', 'Every Region.'],
  ['arn:aws:sqs:*:*:q*', 'Account', 'Every account.'],
  [
    'arn:aws:sqs:*:*:q*',
    'Resource',
    'A queue, written as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. `*` matches any run of characters, `/` and `:` included, `?` for exactly one.',
  ],
  ['arn:aws:iam::111122223333:role/x', 'Region', 'Empty: the ARN of a role has no Region.'],
  ['arn:aws:iam::111122223333:role/x', 'Account', 'The account that the resource belongs to.'],
  [
    'arn:aws:iam::111122223333:role/x',
    'Resource',
    'A role, written as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`.',
  ],
  [
    'arn:aws:lambda:eu-west-1:111122223333:function:f',
    'Region',
    'Europe (Ireland), the Region of the resource.',
  ],
];

/** The tables: name and text of each segment. */
const tables: readonly (readonly [arn: string, rows: readonly string[]])[] = [
  [
    `${API}/prod/GET/pets/1`,
    [
      'Prefix arn',
      'Partition aws',
      'Service execute-api',
      'Region us-east-1',
      'Account 123456789012',
      'API ID a1b2c3d4e5',
      'Stage prod',
      'Method GET',
      'Path pets/1',
    ],
  ],
  ['execute-api:/prod/GET/pets', ['Shorthand execute-api', 'Stage prod', 'Method GET', 'Path pets']],
  [
    'arn:aws:execute-api:*:*:*/@connections/*',
    [
      'Prefix arn',
      'Partition aws',
      'Service execute-api',
      'Region *',
      'Account *',
      'API ID *',
      'Connections @connections',
      'Connection id *',
    ],
  ],
  [
    'arn:aws:s3:::bucket/key',
    ['Prefix arn', 'Partition aws', 'Service s3', 'Region ', 'Account ', 'Resource bucket/key'],
  ],
  ['arn:aws', ['Prefix arn', 'Partition aws']],
];

const malformed: readonly (readonly [arn: string, problems: readonly string[]])[] = [
  [`${API}/prod/get/pets`, ['get']],
  [`${API}/prod/ANY/pets`, ['ANY']],
  [`${API}/prod/GET/pets/{id}`, ['pets/{id}']],
  [`${API}/GET/pets`, ['GET']],
  [`${API}/prod/GET//pets`, ['/pets']],
  ['arn:aws:execute-api:us-east-1::a1b2c3d4e5/*', ['']],
  ['arn:aws:execute-api:cn-north-1:123456789012:a1b2c3d4e5/*', ['cn-north-1']],
  [`${API}/prod/GET/pets`, []],
  ['arn:aws:execute-api:*:*:*/@connections/*', []],
];

describe('explain', () => {
  for (const { arn, says, saysNot = [] } of summaries) {
    it(`says in a sentence what ${arn} matches`, () => {
      const { summary } = explain(arn);
      for (const expected of says) {
        assert.match(summary, expected);
      }
      for (const unexpected of saysNot) {
        assert.doesNotMatch(summary, unexpected);
      }
    });
  }

  for (const [arn, sentence] of sentences) {
    it(`says exactly what ${arn} matches`, () => {
      assert.equal(explain(/^[*ae]/.test(arn) ? arn : API + arn).summary, sentence);
    });
  }

  for (const [arn, expected] of problems) {
    it(`says what is wrong with ${arn}`, () => {
      const found = explain(arn).segments.flatMap(({ name, problem }) =>
        problem === undefined ? [] : [[name, problem] as const],
      );
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  }

  for (const [arn, wanted, meaning] of meanings) {
    it(`says what the ${wanted} of ${arn} means`, () => {
      assert.equal(explain(arn).segments.find(({ name }) => name === wanted)?.meaning, meaning);
    });
  }

  for (const [arn, rows] of tables) {
    it(`names the segments of ${arn}`, () => {
      assert.deepEqual(
        explain(arn).segments.map(({ name, text }) => `${name} ${text}`),
        rows,
      );
    });
  }

  for (const [arn, problems] of malformed) {
    it(`finds in ${arn} ${problems.length === 0 ? 'nothing wrong' : 'the segment that is wrong'}`, () => {
      const found = explain(arn).segments.filter(({ problem }) => problem !== undefined);
      assert.deepEqual(
        found.map(({ text }) => text),
        problems,
      );
    });
  }

  it('says something about every segment of every text, where it stands and in one line', () => {
    const piece = fc.constantFrom(
      ...['arn', 'aws', 'execute-api', 's3', 'us-east-1', '123456789012', 'a1b2c3d4e5', 'prod', 'GET', 'get'],
      ...[
        ':',
        ':',
        ':',
        '/',
        '/',
        '*',
        '?',
        '${aws:username}',
        '{id}',
        '@connections',
        '$connect',
        '',
        ' ',
        '`',
        '\n',
      ],
    );
    const text = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `arn:aws:execute-api:*:*:${rest}`),
        ),
        (arn) => {
          const explanation = explain(arn);
          assert.notEqual(explanation.summary, '');
          assert.doesNotMatch(explanation.summary, /[\n]|undefined/);
          let end = 0;
          for (const { name, text: value, from, to, meaning, legal, problem } of explanation.segments) {
            assert.equal(value, arn.slice(from, to));
            assert.ok(from >= end);
            end = to;
            for (const words of [name, meaning, legal, problem ?? 'none']) {
              assert.match(words, /\S/);
              assert.doesNotMatch(words, /\{\w+\} is|undefined/);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function explain(arn: string): ArnExplanation {
  return languageService().explainArn(arn);
}
