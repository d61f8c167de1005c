import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Effort } from '../../server/src/core/compare/effort';
import { type Gain, gainsOf } from '../../server/src/core/compare/gains';
import type { GainOptions } from '../../server/src/core/compare/options';
import { sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import { loadIamData } from '../support/iamData';
import { limit, processorTime } from '../support/patience';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';
import { step } from '../support/thorough';

type Json = Readonly<Record<string, unknown>>;

function gains(
  before: readonly Json[],
  after: readonly Json[],
  type: PolicyType = 'identity',
  options: GainOptions = {},
): readonly Gain[] {
  const side = (statements: readonly Json[]) =>
    sideOf(
      type,
      statements.length === 0
        ? []
        : openDocument({
            text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
            language: 'json',
            override: { policyType: type },
          }).policies,
    );
  return gainsOf(side(after), side(before), { iamData: loadIamData(), ...options });
}

/** What is gained, in one line each. */
function told(before: readonly Json[], after: readonly Json[], type?: PolicyType): readonly string[] {
  return gains(before, after, type).map(({ isCertain, isPublic, actions, callers: [caller], witness }) =>
    [
      isCertain ? 'sure' : 'perhaps',
      ...(isPublic ? ['public'] : []),
      actions.length === 1 ? actions[0]?.name : `${actions.length} actions`,
      ...(caller.principal === undefined ? [] : [caller.principal]),
      ...[...(witness?.context ?? [])].map(([key, values]) => `${key}=${values.join('+')}`),
    ].join(' '),
  );
}

const allow = (Condition?: Json, more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...(Condition && { Condition }),
  ...more,
});
const deny = (Condition?: Json, more: Json = {}): Json => ({ ...allow(Condition, more), Effect: 'Deny' });
const to = (Principal: unknown, Condition?: Json): Json => allow(Condition, { Principal });

describe('gainsOf: conditions', () => {
  const cases: readonly (readonly [
    what: string,
    before: Json | undefined,
    after: Json | undefined,
    gained: readonly string[],
  ])[] = [
    [
      'the same',
      { Bool: { 'aws:SecureTransport': 'true' } },
      { Bool: { 'aws:securetransport': ['true'] } },
      [],
    ],
    [
      'one that is dropped',
      { Bool: { 'aws:SecureTransport': 'true' } },
      undefined,
      ['sure s3:GetObject aws:SecureTransport=false'],
    ],
    ['one that is added', undefined, { Bool: { 'aws:SecureTransport': 'true' } }, []],
    [
      'a value that is added',
      { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
      { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } },
      ['sure s3:GetObject aws:SourceVpc=vpc-2'],
    ],
    [
      'a narrower block',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { IpAddress: { 'aws:SourceIp': '10.9.0.0/16' } },
      [],
    ],
    [
      'a wider block',
      { IpAddress: { 'aws:SourceIp': '10.9.0.0/16' } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      ['sure s3:GetObject aws:SourceIp=10.0.0.0'],
    ],
    [
      'two halves of a block',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } },
      [],
    ],
    [
      'the block of two halves',
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      [],
    ],
    [
      'an exception that is gone',
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/9'] } },
      ['sure s3:GetObject aws:SourceIp=10.128.0.0'],
    ],
    [
      'a pattern for its literal',
      { StringLike: { 'aws:PrincipalTag/a': 'x*' } },
      { StringEquals: { 'aws:PrincipalTag/a': 'xy' } },
      [],
    ],
    [
      'a literal for its pattern',
      { StringEquals: { 'aws:PrincipalTag/a': 'xy' } },
      { StringLike: { 'aws:PrincipalTag/a': 'xy*' } },
      ['sure s3:GetObject aws:PrincipalTag/a=xyexample'],
    ],
    [
      'a later date for a deadline',
      { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
      { DateLessThan: { 'aws:CurrentTime': '2029-01-01T00:00:00Z' } },
      [],
    ],
    [
      'what lies between a number and the next',
      { NumericGreaterThanEquals: { 'app:load': '2' } },
      { NumericGreaterThan: { 'app:load': '1' } },
      ['sure s3:GetObject app:load=1.5'],
    ],
    [
      'more of a number',
      { NumericLessThanEquals: { 's3:max-keys': '10' } },
      { NumericLessThan: { 's3:max-keys': '12' } },
      ['sure s3:GetObject s3:max-keys=11'],
    ],
    [
      'IfExists',
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
      ['sure s3:GetObject aws:MultiFactorAuthPresent='],
    ],
    [
      'a set that may hold more',
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } },
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
      ['sure s3:GetObject aws:TagKeys=b'],
    ],
    [
      'a set that must hold less',
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } },
      [],
    ],
    [
      'a number that may be written in other digits than a pattern has',
      { StringLike: { 'app:load': '7*' } },
      { NumericEquals: { 'app:load': '7' } },
      ['perhaps s3:GetObject'],
    ],
    [
      'a pattern among too many to try all values',
      { StringLike: { 'app:k': ['x*', ...Array.from({ length: 70 }, (_, index) => `*${index}?*`)] } },
      { StringLike: { 'app:k': 'x*y*' } },
      ['perhaps s3:GetObject'],
    ],
    [
      'an operator that nobody knows',
      { Sounds: { 'aws:PrincipalTag/a': 'x' } },
      { Sounds: { 'aws:PrincipalTag/a': 'x' } },
      [],
    ],
    [
      'one that is dropped beside one that nobody knows',
      { Sounds: { 'aws:PrincipalTag/a': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
      undefined,
      ['sure s3:GetObject aws:PrincipalTag/a= aws:SecureTransport=false'],
    ],
    [
      'a new one that nobody knows',
      { Bool: { 'aws:SecureTransport': 'true' } },
      { Sounds: { 'aws:PrincipalTag/a': 'x' } },
      ['perhaps s3:GetObject aws:SecureTransport=false'],
    ],
  ];
  for (const [what, before, after, gained] of cases) {
    it(`${what}: ${gained.length === 0 ? 'nothing' : gained.join()}`, () => {
      assert.deepEqual(told([allow(before)], [allow(after)]), gained);
    });
  }

  it('counts several statements together', () => {
    const one = (value: string | string[]): Json => ({ StringEquals: { 'aws:SourceVpc': value } });
    assert.deepEqual(told([allow(one('a')), allow(one('b'))], [allow(one(['a', 'b']))]), []);
    assert.deepEqual(
      told([allow(one('a')), allow({ StringNotEquals: { 'aws:SourceVpc': 'a' } })], [allow()]),
      [],
    );
  });

  it('leaves out requests without the keys that every request has', () => {
    const secure = (value: string) => ({ Bool: { 'aws:SecureTransport': value } });
    assert.deepEqual(told([], [allow(), deny(secure('true')), deny(secure('false'))]), []);
    assert.deepEqual(told([], [allow({ Null: { 'aws:ViaAWSService': 'true' } })]), []);
    const age = { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } };
    assert.deepEqual(told([], [allow({ ...age, Null: { 'aws:CurrentTime': 'false' } })]).length, 1);
  });

  it('finds what a Deny denies less', () => {
    const block = (value: readonly string[]): Json => ({ StringEquals: { 'aws:SourceVpc': value } });
    assert.deepEqual(told([allow(), deny(block(['a', 'b']))], [allow(), deny(block(['a']))]), [
      'sure s3:GetObject aws:SourceVpc=b',
    ]);
    assert.deepEqual(told([allow(), deny(block(['a']))], [allow(), deny(block(['a', 'b']))]), []);
    assert.deepEqual(told([allow(), deny()], [allow()]), ['sure s3:GetObject']);
    assert.deepEqual(told([allow(), deny(undefined, { Resource: 'arn:aws:s3:::other/*' })], [allow()]), []);
  });

  it('is sure of no caller where a condition cannot be told, of whichever account', () => {
    const policy = (user: string) => [
      {
        ...to({ AWS: `arn:aws:iam::${user}` }, { 'ForAnyValue:Null': { 'aws:TagKeys': 'false' } }),
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:us-east-1:123456789012:q',
      },
    ];
    for (const user of ['123456789012:user/ann', '444455556666:user/bob']) {
      assert.deepEqual(
        gains([], policy(user), 'resource').map(({ isCertain }) => isCertain),
        [false],
        user,
      );
    }
  });
});

describe('gainsOf: callers of the account that owns the resource', () => {
  const OWNER = '111122223333';
  const API = `arn:aws:execute-api:us-east-1:${OWNER}:a1b2c3d4e5`;
  const QUEUE = `arn:aws:sqs:us-east-1:${OWNER}:q`;
  const invalidate = (Principal: unknown, Resource: string, Condition?: Json): Json => ({
    ...allow(Condition, { Principal, Resource }),
    Action: 'execute-api:InvalidateCache',
  });
  const cases: readonly (readonly [
    title: string,
    statements: readonly Json[],
    witnesses: readonly string[],
  ])[] = [
    [
      'may invalidate by the shorthand, which names no account',
      [invalidate({ AWS: OWNER }, 'execute-api:/prod/GET/*')],
      [`arn:aws:iam::${OWNER}:role/somebody arn:aws:execute-api:us-east-1:${OWNER}:example/prod/GET/example`],
    ],
    [
      'may invalidate by a wildcard',
      [invalidate({ AWS: `arn:aws:iam::${OWNER}:role/x` }, '*')],
      [`arn:aws:iam::${OWNER}:role/x arn:aws:execute-api:us-east-1:${OWNER}:example/example/example/example`],
    ],
    [
      'may not where that account is denied it',
      [
        invalidate({ AWS: OWNER }, '*'),
        { ...invalidate('*', `arn:aws:execute-api:*:${OWNER}:*`), Effect: 'Deny' },
      ],
      [],
    ],
    ['are no others', [invalidate({ AWS: '444455556666' }, `${API}/*`)], []],
    [
      'are told by a pattern of any account',
      [invalidate('*', `${API}/*`, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ops' } })],
      [`arn:aws:iam::${OWNER}:role/ops ${API}/example`],
    ],
    [
      'are told by a variable',
      [
        {
          ...allow({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }),
          Principal: '*',
          Action: 'sqs:SendMessage',
          Resource: QUEUE,
        },
      ],
      [`arn:aws:iam::${OWNER}:role/somebody ${QUEUE}`],
    ],
  ];
  for (const [title, statements, witnesses] of cases) {
    it(title, () => {
      const found = gains([], statements, 'resource');
      assert.deepEqual(
        found.map(({ witness }) => `${witness?.principal} ${witness?.resource}`),
        witnesses,
      );
      assert.ok(found.every(({ isCertain }) => isCertain));
    });
  }
});

it('gainsOf: nobody of another account may invalidate what was asked about', () => {
  const everywhere = {
    ...allow(),
    Principal: { AWS: '444455556666' },
    Action: 'execute-api:InvalidateCache',
    Resource: '*',
  };
  const api = 'arn:aws:execute-api:us-east-1:111122223333:abc123/prod/GET/pets';
  assert.deepEqual(gains([], [everywhere], 'resource', { resource: api }), []);
  const own = gains([], [everywhere], 'resource', { resource: api.replace('111122223333', '444455556666') });
  assert.ok(own.length > 0 && own.every(({ isCertain }) => isCertain));
});

describe('gainsOf: principals', () => {
  const cases: readonly (readonly [what: string, before: Json, after: Json, gained: readonly string[]])[] = [
    ['everybody', to({ AWS: '111122223333' }), to('*'), ['sure public s3:GetObject anonymous']],
    [
      'everybody by a list',
      to({ AWS: '111122223333' }),
      to({ AWS: ['*'] }),
      ['sure public s3:GetObject anonymous'],
    ],
    [
      'everybody in one network',
      to({ AWS: '111122223333' }),
      to('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      ['sure s3:GetObject anonymous aws:SourceVpce=vpce-1'],
    ],
    [
      'everybody with a header',
      to({ AWS: '111122223333' }),
      to('*', { StringEquals: { 'aws:Referer': 'x' } }),
      ['sure public s3:GetObject anonymous aws:Referer=x'],
    ],
    [
      'everybody in too broad a block',
      to({ AWS: '111122223333' }),
      to('*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }),
      ['sure public s3:GetObject anonymous aws:SourceIp=0.0.0.0'],
    ],
    [
      'everybody in a pattern of networks',
      to({ AWS: '111122223333' }),
      to('*', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }),
      ['sure public s3:GetObject anonymous aws:SourceVpce=vpce-example'],
    ],
    [
      'whoever sends no signature, told by a condition',
      to({ AWS: '111122223333' }),
      to('*', { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } }),
      ['sure public s3:GetObject anonymous'],
    ],
    [
      'the account, told by a condition',
      to({ AWS: '111122223333' }),
      to('*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
      [],
    ],
    [
      'a role of an account that is named',
      to({ AWS: '111122223333' }),
      to({ AWS: 'arn:aws:iam::111122223333:role/r' }),
      [],
    ],
    [
      'the account of a role',
      to({ AWS: 'arn:aws:iam::111122223333:role/r' }),
      to({ AWS: 'arn:aws:iam::111122223333:root' }),
      ['sure s3:GetObject arn:aws:iam::111122223333:role/somebody'],
    ],
    [
      'another service',
      to({ Service: 'sns.amazonaws.com' }),
      to({ Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] }),
      ['sure s3:GetObject sqs.amazonaws.com'],
    ],
    [
      'the root user of an account, told by a condition: nobody says that the resource is its own',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:root' } }),
      ['sure s3:GetObject arn:aws:iam::111122223333:root'],
    ],
    [
      'a role, told by a condition',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app' } }),
      ['sure s3:GetObject arn:aws:iam::111122223333:role/app'],
    ],
    [
      'roles of accounts that begin alike',
      to('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/x*' } }),
      to('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::11112222*:role/x*' } }),
      ['sure public s3:GetObject arn:aws:iam::111122229999:role/xexample'],
    ],
    [
      'sessions, by an ARN that the key never has',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/x/*' } }),
      [],
    ],
    [
      'roles of accounts that begin alike, in any partition',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws*:iam::12??????????:role/x' } }),
      ['sure public s3:GetObject arn:aws:iam::129999999999:role/x'],
    ],
    [
      'roles of a partition of its own, by a pattern of a text',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws-iso:iam::*role/x' } }),
      ['sure public s3:GetObject arn:aws-iso:iam::999988887777:role/x'],
    ],
    [
      'accounts that begin alike',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { StringLike: { 'aws:PrincipalAccount': '1111*' } }),
      ['sure public s3:GetObject arn:aws:iam::111199999999:role/somebody'],
    ],
    [
      'users of a name in accounts that begin alike',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', {
        StringEquals: { 'aws:username': 'ann' },
        StringLikeIfExists: { 'aws:PrincipalAccount': '4444*' },
      }),
      ['sure public s3:GetObject arn:aws:iam::444499999999:user/ann'],
    ],
    [
      'users whom a pattern of names and one of ARNs match',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', {
        StringLike: { 'aws:username': 'a*' },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws*:iam::7777????????:user/*' },
      }),
      ['sure public s3:GetObject arn:aws:iam::777799999999:user/a'],
    ],
    [
      'roles whom two patterns of ARNs match',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', {
        StringLike: { 'aws:PrincipalArn': '*:role/app*' },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::5555????????:*/?*-admin' },
      }),
      ['sure public s3:GetObject arn:aws:iam::555599999999:role/app-admin'],
    ],
    [
      'services, told by an ARN that they do not have',
      to({ AWS: '111122223333' }),
      to('*', {
        Null: { 'aws:PrincipalArn': 'true' },
        StringNotEqualsIfExists: { 'aws:PrincipalAccount': 'anonymous' },
      }),
      ['sure s3:GetObject example.amazonaws.com aws:PrincipalArn= aws:PrincipalAccount=other'],
    ],
    [
      'whoever has a name as a user, whatever it is',
      to({ Service: 'sns.amazonaws.com' }),
      to('*', { Null: { 'aws:username': 'false' } }),
      ['sure public s3:GetObject arn:aws:iam::999988887777:user/somebody'],
    ],
    [
      'everybody of a type that is not known',
      to({ Service: 'sns.amazonaws.com' }),
      to({ Other: '*' }),
      ['perhaps public s3:GetObject arn:aws:iam::999988887777:role/somebody'],
    ],
    [
      'somebody whom an account that a template fills in may be',
      to({ AWS: 'arn:aws:iam::444455556666:user/v' }),
      to({ AWS: ['arn:aws:iam::${x}:root', 'arn:aws:iam::444455556666:user/v'] }),
      ['perhaps s3:GetObject'],
    ],
    [
      'an account that a template fills in, which is never everybody',
      to({ AWS: '111122223333' }),
      to({ AWS: ['arn:aws:iam::${x}:root', '111122223333'] }),
      ['perhaps s3:GetObject'],
    ],
  ];
  for (const [what, before, after, gained] of cases) {
    it(`${what}: ${gained.length === 0 ? 'nothing' : gained.join()}`, () => {
      assert.deepEqual(told([before], [after], 'resource'), gained);
    });
  }

  it('finds somebody of an account that a pattern matches and that is not named', () => {
    const before = [to({ AWS: ['111122223333', '999999999999'] })];
    const of = (account: string): readonly string[] => [
      `sure public s3:GetObject arn:aws:iam::${account}:role/somebody`,
    ];
    const accounts: readonly (readonly [pattern: string, gained: readonly string[]])[] = [
      ['1*', of('199999999999')],
      ['?11122223333', of('911122223333')],
      ['**1', of('999999999991')],
      ['????????????', of('999988887777')],
      ['12345', []],
      ['1234567890123*', []],
    ];
    for (const [pattern, gained] of accounts) {
      const after = [to('*', { StringLike: { 'aws:PrincipalAccount': pattern } })];
      assert.deepEqual(told(before, after, 'resource'), gained, pattern);
    }
  });

  it('finds users whom a pattern allows and another one no longer denies', () => {
    const allowed = to('*', { StringLike: { 'aws:username': 'a*' } });
    const denied = deny({ StringLike: { 'aws:username': '*-admin' } }, { Principal: '*' });
    assert.deepEqual(told([allowed, denied], [allowed], 'resource'), [
      'sure public s3:GetObject arn:aws:iam::999988887777:user/a-admin',
    ]);
  });

  it('is sure of nobody of an account where several conditions on one key need several values', () => {
    const after = to(
      { AWS: '111122223333' },
      {
        'ForAnyValue:StringLike': { 'App:Name': 'ANN' },
        StringLike: { 'App:Name': '?ob' },
      },
    );
    assert.deepEqual(told([], [after], 'resource'), [
      'perhaps s3:GetObject arn:aws:iam::111122223333:role/somebody',
    ]);
  });

  it('tells each who is named, where a Deny tells them apart', () => {
    const denied = (Principal: unknown): Json => ({
      ...to(Principal, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }),
      Effect: 'Deny',
    });
    const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;
    for (const [type, one, other] of [
      ['AWS', user('a'), user('b')],
      ['Service', 'sns.amazonaws.com', 'sqs.amazonaws.com'],
    ] as const) {
      assert.deepEqual(told([], [to({ [type]: [one, other] }), denied({ [type]: one })], 'resource'), [
        `sure s3:GetObject ${one} aws:SourceVpc=`,
        `sure s3:GetObject ${other}`,
      ]);
    }
    const everybody = ['sure public s3:GetObject anonymous'];
    assert.deepEqual(told([], [to('*')], 'resource'), everybody);
    assert.deepEqual(told([], [to({ AWS: ['*', '*'] })], 'resource'), everybody);
    assert.deepEqual(
      told([], [to({ AWS: ['*', user('a')] })], 'resource').at(-1),
      `sure s3:GetObject ${user('a')}`,
    );
  });

  it('does not say that nothing is granted where too many combinations would have to be tried', () => {
    // Six pigeons in five holes: each of the conditions that nobody can meet needs all combinations to be tried.
    const [pigeons, holes] = [
      [1, 2, 3, 4, 5, 6],
      ['a', 'b', 'c', 'd', 'e'],
    ];
    const key = (pigeon: number): string => `aws:PrincipalTag/${pigeon}`;
    const before = pigeons.flatMap((one) => [
      allow({ StringNotEquals: { [key(one)]: holes } }),
      ...pigeons
        .filter((other) => other > one)
        .flatMap((other) =>
          holes.map((hole) => allow({ StringEquals: { [key(one)]: hole, [key(other)]: hole } })),
        ),
    ]);
    assert.deepEqual(told(before, [allow()]), ['perhaps s3:GetObject']);
    assert.deepEqual(told(before.slice(1), [allow()]).length, 1);
  });

  it('does not pass over a canonical user, of whom nothing is known', () => {
    const [gain, ...others] = gains(
      [to({ AWS: '111122223333' })],
      [to({ CanonicalUser: '79a5' })],
      'resource',
    );
    assert.deepEqual([gain?.callers[0].entry?.text, gain?.isCertain, others.length], ['79a5', false, 0]);
    assert.deepEqual(
      told([to({ CanonicalUser: '79a5' })], [to({ CanonicalUser: ['79a5'] })], 'resource'),
      [],
    );
  });
});

describe('gainsOf: actions and resources', () => {
  it('finds actions that AWS may add where a Deny of them is dropped', () => {
    const all = allow(undefined, { Action: 's3:*' });
    assert.deepEqual(told([all, deny(undefined, { Action: 's3:Frob*' })], [all]), ['sure s3:frob']);
  });

  it('puts values into several variables at once', () => {
    const own = allow(
      { StringEquals: { 'aws:username': 'ann', 'aws:PrincipalTag/team': 'red' } },
      { Resource: 'arn:aws:s3:::b/${aws:username}/${aws:PrincipalTag/team}' },
    );
    assert.deepEqual(told([], [own]), ['sure s3:GetObject aws:username=ann aws:principaltag/team=red']);
    assert.deepEqual(told([allow({ StringEquals: { 'aws:username': ['ann', 'bob'] } })], [own]), []);
  });

  it('says that a Deny is gone which a policy variable may have met', () => {
    const own = allow(undefined, { Resource: 'arn:aws:s3:::b/${aws:username}/*' });
    const secret = deny(undefined, { Resource: 'arn:aws:s3:::b/x/*' });
    assert.deepEqual(told([own, secret], [own]), ['perhaps s3:GetObject']);
    assert.deepEqual(told([own], [own, secret]), []);
  });

  it('puts a value into the variable of an identity provider', () => {
    const of = (name: string): Json => ({ Resource: `arn:aws:s3:::b/${name}/*` });
    const own = allow(undefined, of('${cognito-identity.amazonaws.com:sub}'));
    assert.deepEqual(told([own], [allow()]), [
      'sure s3:GetObject cognito-identity.amazonaws.com:sub=someone',
    ]);
    assert.deepEqual(told([allow()], [own]), []);
  });

  it('finds an action to come beside one of the same form that there is', () => {
    const all = allow(undefined, { Action: 's3:*' });
    const [gain] = gains(
      [all, deny(undefined, { Action: 's3:GetObjec*t' })],
      [all, deny(undefined, { Action: 's3:GetObject' })],
    );
    const named = gain?.actions.filter(({ isFuture }) => isFuture).map(({ name }) => name);
    assert.equal(named?.length, 1);
    assert.match(named?.[0] ?? '', /^s3:getobjec.+t$/);
  });

  it('finds nothing where policy variables leave nothing, whatever their values are', () => {
    const of = (...names: readonly string[]): Json => ({
      Resource: names.map((name) => `arn:aws:s3:::b/${name}`),
    });
    const but = (...names: readonly string[]): Json => ({
      Resource: undefined,
      NotResource: names.map((name) => `arn:aws:s3:::b/${name}`),
    });
    const cases: readonly (readonly [before: readonly Json[], after: readonly Json[], count: number])[] = [
      [
        [allow(undefined, but('*/secret'))],
        [allow(undefined, of('${aws:username}/*')), deny(undefined, of('*/secret'))],
        0,
      ],
      [
        [allow(undefined, of('*/a', '*/b'))],
        [allow(undefined, of('${aws:username}/?')), deny(undefined, but('*/a', '*/b'))],
        0,
      ],
      [[allow(undefined, of('*/a', '*/b'))], [allow(undefined, of('${aws:username}/?'))], 1],
    ];
    for (const [before, after, count] of cases) {
      assert.equal(gains(before, after).length, count, JSON.stringify(after));
    }
  });

  it('tells the actions of KMS at once that follow the same rules: those about a key, the others, and RetireGrant', () => {
    const found = gains([], [allow(undefined, { Action: 'kms:*', Resource: '*' })]);
    const first = found.map(({ actions }) => actions[0]?.name);
    assert.deepEqual(first.toSorted(), [
      'kms:CancelKeyDeletion',
      'kms:ConnectCustomKeyStore',
      'kms:RetireGrant',
    ]);
    assert.ok(found.every(({ isCertain }) => isCertain));
  });

  it('finds nothing in a statement that names no action', () => {
    const none = { Action: undefined };
    assert.deepEqual(told([], [allow(undefined, none), allow(undefined, { Action: [] })]), []);
    assert.deepEqual(told([allow(), deny(undefined, none)], [allow()]), []);
  });

  it('finds each Deny that is gone among many, in whatever order they stand', function () {
    this.timeout(limit(20_000));
    const all = allow(undefined, { Resource: 'arn:aws:s3:::b*' });
    const buckets = Array.from(
      { length: 40 },
      (_, index) => `${'cbad'.charAt(index % 4)}${(index * 17) % 40}`,
    );
    const denies = buckets.map((bucket) => deny(undefined, { Resource: `arn:aws:s3:::${bucket}/*` }));
    for (const [gone, bucket] of buckets.entries()) {
      const found = gains([all, ...denies], [all, ...denies.toSpliced(gone, 1)]);
      assert.deepEqual(
        found.map(({ isCertain, witness }) => [isCertain, witness?.resource.split('/')[0]]),
        bucket.startsWith('b') ? [[true, `arn:aws:s3:::${bucket}`]] : [],
      );
    }
  });

  it('tells what is said twice once', () => {
    assert.deepEqual(told([], [allow(), allow(), to('*')]).length, 2);
  });

  it('finds resources other than those that a NotResource leaves out', () => {
    const [gain, ...others] = gains(
      [],
      [allow(undefined, { Resource: undefined, NotResource: 'arn:aws:s3:::*' })],
    );
    assert.match(gain?.witness?.resource ?? '', /^arn:aws:s3:[a-z]/);
    assert.deepEqual([gain?.isCertain, others], [true, []]);
  });
});

describe('gainsOf: what was not decided, with nothing to spend', () => {
  const queue = { Action: 'SQS:Send*', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' };
  const cases: readonly (readonly [what: string, statement: Json, options: GainOptions, isNamed: boolean])[] =
    [
      ['names a statement', allow(), {}, true],
      ['names one that is asked about', allow(), { action: 'S3:GetObject' }, true],
      ['names one that a pattern may ask about', allow(), { action: 'sqs:*' }, true],
      ['leaves out one of other actions', allow(), { action: 'sqs:SendMessage' }, false],
      [
        'names one with a pattern of the action',
        allow(undefined, queue),
        { action: 'sqs:sendmessage' },
        true,
      ],
      ['leaves out one on other resources', allow(), { resource: 'arn:aws:s3:::c/x' }, false],
      ['names one for everybody', to('*'), { onlyPublic: true }, true],
      [
        'names one for a shared provider',
        to({ Federated: 'accounts.google.com' }),
        { onlyPublic: true },
        true,
      ],
      ['leaves out one for an account', to({ AWS: '111122223333' }), { onlyPublic: true }, false],
      ['leaves out one for a service', to({ Service: 'sns.amazonaws.com' }), { onlyPublic: true }, false],
    ];
  for (const [what, statement, options, isNamed] of cases) {
    it(what, () => {
      const type = 'Principal' in statement ? 'resource' : 'identity';
      const found = gains([], [statement], type, { ...options, effort: new Effort(0) });
      assert.deepEqual(
        found.map(({ isCutShort, isCertain, isPublic, isPart, witness, callers: [caller] }) => ({
          isCutShort,
          said: [isCertain, isPublic, isPart, witness, caller.principal, caller.isOutsider],
        })),
        isNamed ? [{ isCutShort: true, said: [false, false, false, undefined, undefined, false] }] : [],
      );
    });
  }
});

describe('gainsOf: limits, and policies that come and go', () => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  it('compares a limit by what it leaves', () => {
    const stay = { Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' };
    assert.deepEqual(told([all, stay], [all], 'scp'), ['sure organizations:LeaveOrganization']);
    assert.deepEqual(told([all], [all, stay], 'scp'), []);
    assert.deepEqual(
      told(
        [stay].map((each) => ({ ...each, Principal: '*' })),
        [],
        'rcp',
      ),
      [
        'sure organizations:LeaveOrganization anonymous',
        'sure organizations:LeaveOrganization arn:aws:iam::999988887777:role/somebody',
      ],
    );
    assert.deepEqual(told([], [{ ...all, Action: 's3:*' }], 'boundary'), []);
    assert.notDeepEqual(told([{ ...all, Action: 's3:*' }], [], 'boundary'), []);
  });

  it('takes a policy that is new for all that it grants', () => {
    assert.deepEqual(told([], [allow()]), ['sure s3:GetObject']);
    assert.deepEqual(told([allow()], []), []);
  });
});

describe('gainsOf on AWS managed policies', function () {
  this.timeout(limit(120_000));
  const folder = sharedCorpus('managed-policies');
  const STEP = step(24, 3);

  it('finds nothing in a policy that is only written otherwise', function () {
    for (const { name, statements } of policiesOf(this)) {
      assert.deepEqual(told(statements, statements), [], name);
      const turned = statements
        .toReversed()
        .map(({ Sid: _, ...statement }) =>
          Object.fromEntries(
            Object.entries(statement).map(([key, value]) => [
              key,
              Array.isArray(value) ? value.toReversed() : value,
            ]),
          ),
        );
      assert.deepEqual(told(statements, turned), [], name);
      for (const element of ['Action', 'Resource']) {
        const split = statements.flatMap((statement) => halves(statement, element));
        assert.deepEqual(told(split, statements), [], `${name}, ${element} merged`);
        if (element === 'Action' || statements.every(({ Effect }) => Effect === 'Allow')) {
          assert.deepEqual(told(statements, split), [], `${name}, ${element} split`);
        }
      }
    }
  });

  it('finds every action and every resource that is added, and every Allow', function () {
    let widened = 0;
    for (const { name, statements } of policiesOf(this)) {
      const isAll = statements.some(({ Action, Effect }) => Effect === 'Allow' && Action === '*');
      for (const [index, statement] of statements.slice(0, 4).entries()) {
        if (statement.Effect !== 'Allow' || isAll) {
          continue;
        }
        const others = statements.toSpliced(index, 1);
        assert.deepEqual(told(statements, others), [], `${name}, ${index} taken away`);
        if (statement.Action !== undefined) {
          const more = { ...statement, Action: [statement.Action, 'zz:NewThing'].flat() };
          const added = gains(statements, statements.toSpliced(index, 1, more));
          assert.ok(
            added.some(({ actions }) => actions.some(({ name: action }) => action === 'zz:NewThing')),
            `${name}, ${index}`,
          );
          assert.ok(
            added.every(({ isCertain }) => isCertain),
            `${name}, ${index}`,
          );
        }
        const resources = [statement.Resource ?? '*'].flat();
        const patterns = others.flatMap((other) => [other.Resource ?? '*'].flat());
        if (!resources.includes('*') && !patterns.includes('*')) {
          const wide = {
            ...statement,
            Resource: [...resources, 'arn:aws:zz:eu-west-1:111122223333:thing/*'],
          };
          widened += 1;
          assert.notDeepEqual(
            told(statements, statements.toSpliced(index, 1, wide)),
            [],
            `${name}, ${index}`,
          );
        }
      }
    }
    assert.ok(widened > 2, `${widened} widened`);
  });

  it('finds every Deny that is dropped where something is allowed, and every condition', function () {
    let dropped = 0;
    for (const { name, statements } of policiesOf(this, step(1, 2))) {
      for (const [index, { Condition, ...bare }] of statements.entries()) {
        if (
          bare.Effect === 'Deny' &&
          statements.some(
            (other) => other.Effect === 'Allow' && other.Resource === '*' && overlap(other, bare),
          )
        ) {
          dropped += 1;
          assert.notDeepEqual(told(statements, statements.toSpliced(index, 1)), [], `${name}, ${index}`);
        } else if (bare.Effect === 'Allow' && Condition !== undefined && statements.length === 1) {
          dropped += 1;
          assert.notDeepEqual(told(statements, [bare]), [], `${name}, ${index}`);
        }
      }
    }
    assert.ok(dropped > 6, `${dropped} dropped`);
  });

  it('takes less than 300 ms for 95 of 100 policies', function () {
    const times = policiesOf(this).map(({ statements }) => {
      const [first = {}, ...others] = statements;
      const edited = [{ ...first, Action: [first.Action ?? [], 'zz:NewThing'].flat() }, ...others];
      return processorTime(() => {
        gains(statements, edited);
        gains(edited, statements);
      });
    });
    const sorted = times.toSorted((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length * 0.95)] ?? 0) < 300, sorted.slice(-8).join());
  });

  function policiesOf(
    context: Mocha.Context,
    every = STEP,
  ): readonly { readonly name: string; readonly statements: readonly Json[] }[] {
    if (folder === undefined) {
      return skip(context, 'the managed policies are not here');
    }
    return readdirSync(folder)
      .filter((name, index) => name.endsWith('.json') && index % every === 0)
      .map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        const [policy] = openDocument({ text, language: 'json' }).policies;
        const { Statement } = JSON.parse(policy?.node.text ?? '{}') as {
          readonly Statement?: Json | readonly Json[];
        };
        return { name, statements: [Statement ?? []].flat() as readonly Json[] };
      });
  }
});

function halves(statement: Json, element: string): readonly Json[] {
  const { Sid: _, ...rest } = statement;
  const list = rest[element];
  return Array.isArray(list) && list.length > 1
    ? [
        { ...rest, [element]: list.slice(0, 1) },
        { ...rest, [element]: list.slice(1) },
      ]
    : [rest];
}

/** Whether an action that is denied by name is one that is allowed by the same name. */
function overlap(one: Json, other: Json): boolean {
  const [allowed, denied] = [one, other].map(({ Action }) => [Action ?? []].flat());
  return one.Condition === undefined && (denied?.some((action) => allowed?.includes(action)) ?? false);
}
