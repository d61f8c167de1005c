import assert from 'node:assert/strict';
import { limit, processorTime } from '../support/patience';
import { languageService, openJson } from '../support/policies';

const statement = (members: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...members }],
  });
const many = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => of(index));
const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** Texts that no AWS service takes, and that anybody may put into a repository. */
const DOCUMENTS: readonly (readonly [name: string, text: string])[] = [
  ['openings of variables', statement({ Resource: `arn:aws:s3:::${'${'.repeat(20_000)}` })],
  ['openings of placeholders', statement({ Resource: `arn:aws:s3:::${'<'.repeat(50_000)}` })],
  [
    'wildcards',
    statement({ Action: `s3:${'*a'.repeat(20_000)}`, Resource: `arn:aws:s3:::${'*b'.repeat(20_000)}` }),
  ],
  ['colons', statement({ Action: ':'.repeat(50_000), Resource: ':'.repeat(50_000) })],
  ['spaces', statement({ Action: `s3:Get${' '.repeat(50_000)}x`, Resource: `${' '.repeat(50_000)}arn:` })],
  ['a path', statement({ Action: 'execute-api:Invoke', Resource: `${API}/prod/GET/${'a/'.repeat(30_000)}` })],
  [
    'a path of wildcards',
    statement({ Action: 'execute-api:Invoke', Resource: `${API}/${'*/'.repeat(20_000)}` }),
  ],
  [
    'keys of a condition',
    statement({ Condition: { StringEquals: Object.fromEntries(many(7_500, (at) => [`aws:k${at}`, 'v'])) } }),
  ],
  ['elements', statement(Object.fromEntries(many(7_500, (at) => [`x${at}`, 1])))],
  ['actions', statement({ Action: many(4_000, (at) => `s3:*x${at}*`) })],
  ['resources', statement({ Resource: many(4_000, (at) => `arn:aws:s3:::b${at}*x`) })],
  ['the name of a service', statement({ Principal: { Service: 'a-a.'.repeat(25_000) } })],
  [
    'the name of a provider',
    statement({ Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${'x.'.repeat(25_000)}` } }),
  ],
  ['commas', `{"Version":"2012-10-17","Statement":[{"Effect":"Allow"${','.repeat(75_000)}}]}`],
  ['lists', `{"Version":"2012-10-17","Statement":${'['.repeat(25_000)}`],
];

/** The slowest takes half a second by itself; a square of such lengths takes minutes. */
const MOST_MS = 3_000;

describe('a document of tens of thousands of', function () {
  this.timeout(limit(120_000));
  const service = languageService();
  for (const [name, text] of DOCUMENTS) {
    it(`${name} is linted in some seconds`, () => {
      let failures: readonly unknown[] = [];
      const ms = processorTime(() => {
        failures = service.lint(openJson(service, text)).failures;
      });
      assert.deepEqual(failures, []);
      assert.ok(ms < MOST_MS, `${Math.round(ms)} ms`);
    });
  }
});
