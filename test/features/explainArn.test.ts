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
