import assert from 'node:assert/strict';
import { Effort } from '../../server/src/core/compare/effort';
import { type Gain, gainsOf } from '../../server/src/core/compare/gains';
import { type Side, sideOf } from '../../server/src/core/compare/sides';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { compareDocuments } from '../../server/src/core/features/compare/changes';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import { loadIamData } from '../support/iamData';
import { limit, processorTime } from '../support/patience';

type Json = Readonly<Record<string, unknown>>;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const document = (statements: readonly Json[], policyType: PolicyType): PolicyDocument =>
  openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType },
  });

const side = (statements: readonly Json[], type: PolicyType): Side =>
  sideOf(type, statements.length === 0 ? [] : document(statements, type).policies);

const read = (more: Json): Json => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
});
const roles = numbers(500).map((each) => `arn:aws:iam::${100_000_000_000 + each}:role/r`);
const buckets = numbers(50).map((each) => `arn:aws:s3:::b${each}/*`);
const blocks = numbers(2_000).map((each) => `10.${each >> 8}.${each & 255}.0/24`);
const within = (list: readonly string[]): Json =>
  read({ Condition: { IpAddress: { 'aws:SourceIp': list } } });
const many = (count: number, statement: (index: number) => Json): readonly Json[] =>
  numbers(count).map(statement);

describe('gainsOf on policies that are large', () => {
  const iamData = loadIamData();

  const decided: readonly (readonly [
    what: string,
    before: readonly Json[],
    after: readonly Json[],
    gains: number,
    type?: PolicyType,
  ])[] = [
    [
      '500 principals on 50 resources',
      [],
      [read({ Principal: { AWS: roles }, Resource: buckets })],
      50,
      'resource',
    ],
    [
      'one more of 500 principals',
      [read({ Principal: { AWS: roles.slice(1) }, Resource: buckets })],
      [read({ Principal: { AWS: roles }, Resource: buckets })],
      50,
      'resource',
    ],
    ['one more of 2,000 blocks', [within(blocks.slice(1))], [within(blocks)], 1],
    ['one less of 2,000 blocks', [within(blocks)], [within(blocks.slice(1))], 0],
    [
      'one more of 300 patterns of actions',
      [read({ Action: many300().slice(1) })],
      [read({ Action: many300() })],
      1,
    ],
    [
      'one less of 5,000 patterns of values',
      [
        read({
          Condition: { StringLike: { 'aws:PrincipalTag/a': numbers(5_000).map((each) => `*${each}*`) } },
        }),
      ],
      [
        read({
          Condition: { StringLike: { 'aws:PrincipalTag/a': numbers(4_999).map((each) => `*${each}*`) } },
        }),
      ],
      0,
    ],
  ];
  for (const [what, before, after, count, type = 'identity'] of decided) {
    it(`decides ${what}`, function () {
      this.timeout(limit(10_000));
      const gains = gainsOf(side(after, type), side(before, type), { iamData });
      assert.equal(gains.length, count);
      assert.ok(gains.every(({ isCertain }) => isCertain));
    });
  }

  const own = (count: number): readonly Json[] =>
    many(count, (index) =>
      read({
        Effect: index % 2 === 0 ? 'Allow' : 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { [`aws:PrincipalTag/t${index}`]: 'x' } },
      }),
    );
  const overlapping = (count: number): readonly Json[] =>
    many(count, (index) =>
      read({ Effect: index % 2 === 0 ? 'Allow' : 'Deny', Action: '*', Resource: `arn:aws:s3:::*${index}*` }),
    );
  const alternating = (count: number, more: (index: number) => Json): readonly Json[] =>
    many(count, (index) => read({ Effect: index % 2 === 0 ? 'Allow' : 'Deny', ...more(index) }));
  const dated = (count: number, days: number): readonly Json[] =>
    alternating(count, (index) => ({
      Condition: {
        DateGreaterThan: {
          'aws:CurrentTime': new Date((18_000 + index + days) * 86_400_000).toISOString(),
        },
      },
    }));
  const addressed = (count: number, bits: number): readonly Json[] =>
    alternating(count, (index) => ({
      Condition: { IpAddress: { 'aws:SourceIp': `10.${index >> 8}.${index & 255}.0/${bits}` } },
    }));
  const filledIn = (count: number, end: string): readonly Json[] =>
    alternating(count, (index) => ({ Resource: `arn:aws:s3:::\${var.bucket${index}}/*${end}` }));
  const hostile: readonly (readonly [what: string, before: readonly Json[], after: readonly Json[]])[] = [
    ['statements that overlap, of which one that denies is gone', overlapping(1_000), overlapping(999)],
    ['statements that ask for keys of their own', [], own(1_000)],
    [
      'resources that all differ',
      [read({ Resource: numbers(3_000).map((each) => `arn:aws:s3:::b${each}/a*`) })],
      [read({ Resource: numbers(3_000).map((each) => `arn:aws:s3:::b${each}/*`) })],
    ],
    [
      'patterns that need large automata',
      [read({ Resource: numbers(12).map((each) => `arn:aws:s3:::*a${'?'.repeat(each + 20)}b*`) })],
      [read({ Resource: numbers(12).map((each) => `arn:aws:s3:::*c${'?'.repeat(each + 20)}b*`) })],
    ],
    ['dates that all differ', dated(1_000, 0), dated(1_000, 1)],
    ['blocks of addresses that all differ', addressed(1_000, 24), addressed(1_000, 23)],
    ['resources with something to be filled in', filledIn(200, 'a'), filledIn(200, 'b')],
  ];
  for (const [what, before, after] of hostile) {
    it(`comes to an end with ${what}`, function () {
      this.timeout(limit(20_000));
      const [was, is] = [document(before, 'identity'), document(after, 'identity')];
      assert.ok(was.policies.length + is.policies.length > 0);
      const elapsed = processorTime(() => void compareDocuments([was], [is], iamData));
      assert.ok(elapsed < 1_000, `${elapsed} ms`);
    });
  }

  it('comes to an end with statements that confine everybody to roles of their own', function () {
    this.timeout(limit(20_000));
    const confined = (name: string): PolicyDocument =>
      document(
        many(400, (index) =>
          read({
            Principal: '*',
            Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${name}${index}*` } },
          }),
        ),
        'resource',
      );
    const [was, is] = [confined('a'), confined('b')];
    assert.equal(was.policies.length + is.policies.length, 2);
    const elapsed = processorTime(() => void compareDocuments([was], [is], iamData));
    assert.ok(elapsed < 2_000, `${elapsed} ms`);
  });

  it('comes to an end with many accounts and long patterns of principals', function () {
    this.timeout(limit(20_000));
    const accounts = numbers(3_000).map((each) => String(200_000_000_000 + each));
    const open = (pattern: string): PolicyDocument =>
      document(
        ['ArnLike', 'StringLike'].map((operator) =>
          read({ Principal: { AWS: accounts }, Condition: { [operator]: { 'aws:PrincipalArn': pattern } } }),
        ),
        'resource',
      );
    const [was, is] = [open(`*${'a*'.repeat(1_000)}`), open(`*${'?*'.repeat(12)}`)];
    assert.equal(was.policies.length + is.policies.length, 2);
    let granted = 0;
    const elapsed = processorTime(() => {
      granted = compareDocuments([was], [is], iamData).granted.length;
    });
    assert.ok(elapsed < 2_000, `${elapsed} ms`);
    // What was not looked at is said to be open.
    assert.equal(granted, 2);
  });

  it('tells what many statements say alike once', () => {
    const before = document([read({})], 'identity');
    const after = document(
      many(300, () => read({ Action: 's3:PutObject' })),
      'identity',
    );
    const { granted, removed } = compareDocuments([before], [after], iamData);
    assert.deepEqual([granted.length, removed.length], [1, 1]);
  });

  it('names every statement that was not decided', () => {
    const before = document([], 'identity');
    const after = document(
      many(40, (index) => read({ Resource: `arn:aws:s3:::b${index}/*` })),
      'identity',
    );
    const { granted } = compareDocuments([before], [after], iamData, 10_000);
    assert.equal(new Set(granted.map(({ statement }) => statement)).size, 40);
    const [certain, open] = [true, false].map((is) => granted.filter(({ isCertain }) => isCertain === is));
    assert.ok((certain?.length ?? 0) > 0 && (open?.length ?? 0) > 0, `${certain?.length} ${open?.length}`);
    for (const { isCutShort, summary } of open ?? []) {
      assert.deepEqual([isCutShort, summary], [true, ['s3:GetObject']]);
    }
    assert.deepEqual(
      compareDocuments([before], [after], iamData, 10_000).granted.map(({ isCertain }) => isCertain),
      granted.map(({ isCertain }) => isCertain),
      'the same policies have the same answer',
    );
  });

  it('misses nothing and is sure of nothing wrong, wherever it gives up', function () {
    this.timeout(limit(60_000));
    const secure = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    const tagged = (value: string): Json => ({ StringLike: { 'aws:PrincipalTag/a': value } });
    const own = read({ Resource: 'arn:aws:s3:::b/${aws:username}/*' });
    const edits: readonly (readonly [before: readonly Json[], after: readonly Json[], type?: PolicyType])[] =
      [
        [[], [read({ Action: ['s3:*', 'sqs:Send*'] })]],
        [[read(secure)], [read({})]],
        [[read({ Condition: tagged('a*') })], [read({ Condition: tagged('*a') })]],
        [[read({ Resource: 'arn:aws:s3:::b/a*' })], [read({ Resource: 'arn:aws:s3:::b/*a' })]],
        [[read({}), read({ ...secure, Effect: 'Deny' })], [read({})]],
        [
          [read({ NotResource: 'arn:aws:s3:::c/*', Resource: undefined })],
          [read({ Resource: 'arn:aws:s3:::*' })],
        ],
        [[own], [read({ Resource: 'arn:aws:s3:::b/*' })]],
        [[], [own, read({ Condition: tagged('${aws:username}') })]],
        [[read({ Action: 's3:Get*' })], [read({ NotAction: 's3:Put*', Action: undefined })]],
        [[read({ Principal: { AWS: roles.slice(0, 2) } })], [read({ Principal: '*' })], 'resource'],
        [
          [read({ Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
          [
            read({
              Principal: '*',
              Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1*:role/*' } },
            }),
          ],
          'resource',
        ],
        [
          [read({ Principal: { CanonicalUser: 'a' } })],
          [read({ Principal: { CanonicalUser: ['a', 'b'] } })],
          'resource',
        ],
      ];
    for (const [before, after, type = 'identity'] of edits) {
      const [was, is] = [side(before, type), side(after, type)];
      const key = (gain: Gain): string =>
        JSON.stringify([gain.resource, gain.actions.map(({ name }) => name)]);
      const whole = new Set(gainsOf(is, was, { iamData }).map(key));
      assert.ok(whole.size > 0);
      for (let steps = 1; steps < 400_000; steps *= 1.15) {
        const effort = new Effort(Math.round(steps));
        const gains = gainsOf(is, was, { iamData, effort });
        const text = JSON.stringify({ steps, before, after });
        assert.ok(gains.length > 0, text);
        // What was found until then is right; what was not looked at is said to be open.
        assert.ok(
          gains.every((gain) => !gain.isCertain || whole.has(key(gain))),
          text,
        );
        assert.ok(
          gains.every(({ isCutShort, isCertain }) => !isCutShort || !isCertain),
          text,
        );
        const named = new Set(gains.map(({ statement }) => statement));
        assert.ok(type === 'resource' || before.length > 0 || named.size === after.length, text);
        if (!effort.isSpent) {
          break;
        }
      }
    }
  });

  it('finds nothing new in a policy that stays, with nothing to spend', () => {
    const policy = [read({}), read({ Effect: 'Deny', Resource: '*' })];
    assert.deepEqual(
      gainsOf(side(policy, 'identity'), side(policy, 'identity'), { iamData, effort: new Effort(0) }),
      [],
    );
  });
});

function many300(): readonly string[] {
  return numbers(300).map((each) => `s3:*${String.fromCharCode(97 + (each % 26))}*${each}*`);
}
