import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import { type Change, compareDocuments } from '../../server/src/core/features/compare/changes';
import type { PolicyType } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';

type Json = Readonly<Record<string, unknown>>;

/** What comes of an edit one way: something that is certain, nothing, or nothing that is certain. */
type Outcome = 'some' | 'none' | 'open';

type Edit = readonly [
  what: string,
  before: readonly Json[],
  after: readonly Json[],
  granted: Outcome,
  removed: Outcome,
  type?: PolicyType,
];

const A = (more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
});
const D = (more: Json = {}): Json => ({ ...A(more), Effect: 'Deny' });
const C = (Condition: Json, more: Json = {}): Json => A({ Condition, ...more });
const P = (Principal: unknown, Condition?: Json, more: Json = {}): Json =>
  A({ Principal, ...(Condition && { Condition }), ...more });
const T = (Principal: unknown, Condition?: Json, more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...(Condition && { Condition }),
  ...more,
});
const QUEUE: Json = { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' };
const ALL: Json = { Effect: 'Allow', Action: '*', Resource: '*' };
const v = (name: string): string => `\${${name}}`;

/** Edits whose right answers were known before they were compared. */
const edits: readonly Edit[] = [
  // conditions
  [
    'narrow StringEquals list',
    [C({ StringEquals: { 'aws:PrincipalTag/t': ['a', 'b'] } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    'none',
    'some',
  ],
  [
    'StringEquals to IfExists',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEqualsIfExists: { 'aws:PrincipalTag/t': 'a' } })],
    'some',
    'none',
  ],
  [
    'IfExists to plain',
    [C({ StringEqualsIfExists: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    'none',
    'some',
  ],
  [
    'Null true added',
    [C({ StringEqualsIfExists: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEqualsIfExists: { 'aws:PrincipalTag/t': 'a' }, Null: { 'aws:PrincipalTag/t': 'true' } })],
    'none',
    'some',
  ],
  [
    'Null false added to plain equals: same',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' }, Null: { 'aws:PrincipalTag/t': 'false' } })],
    'none',
    'none',
  ],
  [
    'Null flip',
    [C({ Null: { 'aws:PrincipalTag/t': 'true' } })],
    [C({ Null: { 'aws:PrincipalTag/t': 'false' } })],
    'some',
    'some',
  ],
  [
    'StringNotEquals loses a value',
    [C({ StringNotEquals: { 'aws:PrincipalTag/t': ['a', 'b'] } })],
    [C({ StringNotEquals: { 'aws:PrincipalTag/t': ['a'] } })],
    'some',
    'none',
  ],
  [
    'StringNotEquals gains a value',
    [C({ StringNotEquals: { 'aws:PrincipalTag/t': ['a'] } })],
    [C({ StringNotEquals: { 'aws:PrincipalTag/t': ['a', 'b'] } })],
    'none',
    'some',
  ],
  [
    'StringNotEquals IfExists is the same (negated)',
    [C({ StringNotEquals: { 'aws:PrincipalTag/t': ['a'] } })],
    [C({ StringNotEqualsIfExists: { 'aws:PrincipalTag/t': ['a'] } })],
    'none',
    'none',
  ],
  [
    'StringEquals becomes StringLike no wildcard: same',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringLike: { 'aws:PrincipalTag/t': 'a' } })],
    'none',
    'none',
  ],
  [
    'StringEquals with star becomes StringLike: more',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'team-*' } })],
    [C({ StringLike: { 'aws:PrincipalTag/t': 'team-*' } })],
    'some',
    'none',
  ],
  [
    'StringLike star becomes StringEquals',
    [C({ StringLike: { 'aws:PrincipalTag/t': 'team-*' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'team-*' } })],
    'none',
    'some',
  ],
  [
    'StringEquals to IgnoreCase',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'Ops' } })],
    [C({ StringEqualsIgnoreCase: { 'aws:PrincipalTag/t': 'ops' } })],
    'some',
    'none',
  ],
  [
    'IgnoreCase same value other case',
    [C({ StringEqualsIgnoreCase: { 'aws:PrincipalTag/t': 'OPS' } })],
    [C({ StringEqualsIgnoreCase: { 'aws:PrincipalTag/t': 'ops' } })],
    'none',
    'none',
  ],
  [
    'StringLike *: same as Null false',
    [C({ StringLike: { 'aws:PrincipalTag/t': '*' } })],
    [C({ Null: { 'aws:PrincipalTag/t': 'false' } })],
    'none',
    'none',
  ],
  [
    'StringLike ?* leaves out the empty text',
    [C({ StringLike: { 'aws:PrincipalTag/t': '?*' } })],
    [C({ StringLike: { 'aws:PrincipalTag/t': '*' } })],
    'some',
    'none',
  ],
  [
    'unicode value same',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'Bücher' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': ['Bücher', 'Bücher'] } })],
    'none',
    'none',
  ],
  [
    'unicode value differs',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'Bücher' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'Bucher' } })],
    'some',
    'some',
  ],
  [
    'unicode astral wildcard',
    [C({ StringLike: { 'aws:PrincipalTag/t': '😀' } })],
    [C({ StringLike: { 'aws:PrincipalTag/t': '😀*' } })],
    'some',
    'none',
  ],
  [
    'multi-key: one key dropped',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a', 'aws:SourceVpce': 'vpce-1' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    'some',
    'none',
  ],
  [
    'multi-key: key added',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a', 'aws:SourceVpce': 'vpce-1' } })],
    'none',
    'some',
  ],
  [
    'multi-key: split into operators, same',
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a', 'aws:SourceVpce': 'vpce-1' } })],
    [C({ StringEquals: { 'aws:PrincipalTag/t': 'a' }, StringLike: { 'aws:SourceVpce': 'vpce-1' } })],
    'none',
    'none',
  ],
  [
    'key case differs: same',
    [C({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })],
    [C({ StringEquals: { 'AWS:sourcevpce': 'vpce-1' } })],
    'none',
    'none',
  ],
  [
    'two statements each one value = list',
    [
      C({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      C({ StringEquals: { 'aws:SourceVpce': 'vpce-2' } }),
    ],
    [C({ StringEquals: { 'aws:SourceVpce': ['vpce-2', 'vpce-1'] } })],
    'none',
    'none',
  ],
  [
    'and of keys not equal to union',
    [C({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalTag/t': 'a' } })],
    'none',
    'some',
  ],
  [
    'or by IfExists',
    [C({ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalTag/t': 'a' } })],
    [C({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), C({ StringEquals: { 'aws:PrincipalTag/t': 'a' } })],
    'some',
    'none',
  ],
  // CIDR
  [
    'CIDR widened by v6',
    [C({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
    [C({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } })],
    'some',
    'none',
  ],
  [
    'CIDR two halves same',
    [C({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    [C({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } })],
    'none',
    'none',
  ],
  [
    'CIDR halves missing one address',
    [C({ IpAddress: { 'aws:SourceIp': '10.0.0.0/30' } })],
    [C({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/32', '10.0.0.1/32', '10.0.0.2/32'] } })],
    'none',
    'some',
  ],
  [
    'CIDR host bits set: same network',
    [C({ IpAddress: { 'aws:SourceIp': '10.0.0.0/24' } })],
    [C({ IpAddress: { 'aws:SourceIp': '10.0.0.7/24' } })],
    'none',
    'none',
  ],
  [
    '/32 without prefix same',
    [C({ IpAddress: { 'aws:SourceIp': '203.0.113.7' } })],
    [C({ IpAddress: { 'aws:SourceIp': '203.0.113.7/32' } })],
    'none',
    'none',
  ],
  [
    'NotIpAddress in Deny narrowed (fewer exempt)',
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } },
      },
    ],
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      },
    ],
    'none',
    'some',
  ],
  [
    'NotIpAddress in Deny widened',
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      },
    ],
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/7'] } },
      },
    ],
    'some',
    'none',
  ],
  [
    'IpAddress ::/0 only to all',
    [C({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
    [C({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } })],
    'some',
    'none',
  ],
  // dates, numbers
  [
    'date moves later (LessThan)',
    [C({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    [C({ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })],
    'some',
    'none',
  ],
  [
    'date moves earlier',
    [C({ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })],
    [C({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    'none',
    'some',
  ],
  [
    'date same instant in another zone',
    [C({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    [C({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T02:00:00+02:00' } })],
    'none',
    'none',
  ],
  [
    'date same instant as epoch',
    [C({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    [C({ DateLessThan: { 'aws:CurrentTime': '1767225600' } })],
    'none',
    'none',
  ],
  [
    'DateGreaterThan to Equals',
    [C({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    [C({ DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    'some',
    'none',
  ],
  [
    'a window moves',
    [
      C({
        DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
        DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' },
      }),
    ],
    [
      C({
        DateGreaterThan: { 'aws:CurrentTime': '2026-01-15T00:00:00Z' },
        DateLessThan: { 'aws:CurrentTime': '2026-02-15T00:00:00Z' },
      }),
    ],
    'some',
    'some',
  ],
  [
    'numeric 10 to 10.0',
    [C({ NumericLessThanEquals: { 's3:max-keys': '10' } })],
    [C({ NumericLessThanEquals: { 's3:max-keys': '10.0' } })],
    'none',
    'none',
  ],
  [
    'numeric widened',
    [C({ NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '3600' } })],
    [C({ NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '86400' } })],
    'some',
    'none',
  ],
  [
    'numeric less than 9 is 9 not equals',
    [C({ NumericLessThan: { 'aws:MultiFactorAuthAge': '9' } })],
    [C({ NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '9' } })],
    'some',
    'none',
  ],
  [
    'bool true string vs boolean',
    [C({ Bool: { 'aws:SecureTransport': true } })],
    [C({ Bool: { 'aws:SecureTransport': 'true' } })],
    'none',
    'none',
  ],
  [
    'bool flips',
    [C({ Bool: { 'aws:SecureTransport': 'true' } })],
    [C({ Bool: { 'aws:SecureTransport': 'false' } })],
    'some',
    'some',
  ],
  [
    'Deny Bool to BoolIfExists denies more',
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
    'none',
    'some',
  ],
  [
    'Deny BoolIfExists to Bool: MFA bypass',
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
    'some',
    'none',
  ],
  // sets
  [
    'ForAnyValue to ForAllValues in Allow',
    [C({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    [C({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    'some',
    'some',
  ],
  [
    'ForAllValues alone vs with Null',
    [C({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': 'false' } })],
    [C({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
    'some',
    'none',
  ],
  [
    'ForAllValues value added',
    [C({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
    [C({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    'some',
    'none',
  ],
  [
    'ForAnyValue value dropped',
    [C({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    [C({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
    'none',
    'some',
  ],
  [
    'Deny ForAnyValue:StringNotEquals to ForAllValues:StringNotEquals',
    [ALL, D({ Condition: { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } } })],
    [ALL, D({ Condition: { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a'] } } })],
    'some',
    'some',
  ],
  // Deny
  [
    'Deny conditions removed',
    [ALL, D({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
    [ALL, D()],
    'none',
    'some',
  ],
  [
    'Deny condition added',
    [ALL, D()],
    [ALL, D({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
    'some',
    'none',
  ],
  ['Deny narrowed resource', [ALL, D()], [ALL, D({ Resource: 'arn:aws:s3:::b/secret/*' })], 'some', 'none'],
  ['Deny widened resource', [ALL, D()], [ALL, D({ Resource: 'arn:aws:s3:::b*' })], 'none', 'some'],
  [
    'Deny split in two',
    [ALL, D({ Action: ['s3:GetObject', 's3:PutObject'] })],
    [ALL, D(), D({ Action: 's3:PutObject' })],
    'none',
    'none',
  ],
  [
    'Deny merged wrongly loses cross',
    [
      ALL,
      D({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }),
      D({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' }),
    ],
    [
      ALL,
      D({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] }),
    ],
    'none',
    'some',
  ],
  ['Deny of what is not allowed removed', [A(), D({ Action: 's3:PutObject' })], [A()], 'none', 'none'],
  ['Deny to Allow flip', [D()], [A()], 'some', 'none'],
  [
    'Deny becomes NotAction',
    [ALL, D({ Action: 's3:*', Resource: '*' })],
    [ALL, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }],
    'some',
    'some',
  ],
  ['Deny dropped while Allow narrowed too', [ALL, D()], [A({ Action: 's3:PutObject' })], 'none', 'some'],
  ['Deny duplicates dropped', [ALL, D(), D()], [ALL, D()], 'none', 'none'],
  [
    'Deny shadowed by another dropped',
    [ALL, D(), D({ Action: 's3:*' })],
    [ALL, D({ Action: 's3:*' })],
    'none',
    'none',
  ],
  // actions
  ['action case', [A({ Action: 's3:GetObject' })], [A({ Action: 'S3:GETOBJECT' })], 'none', 'none'],
  [
    'wildcard equals enumerated list? future',
    [A({ Action: ['s3:GetObject', 's3:GetObjectAcl'] })],
    [A({ Action: 's3:GetObject*' })],
    'some',
    'none',
  ],
  ['wildcard ? form', [A({ Action: 's3:?etObject' })], [A({ Action: ['s3:GetObject'] })], 'none', 'some'],
  ['duplicate statements', [A()], [A(), A()], 'none', 'none'],
  [
    'statements reordered',
    [A(), A({ Action: 'sns:Publish', Resource: '*' })],
    [A({ Action: 'sns:Publish', Resource: '*' }), A()],
    'none',
    'none',
  ],
  [
    'merge makes cross product',
    [
      A({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }),
      A({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' }),
    ],
    [A({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] })],
    'some',
    'none',
  ],
  [
    'split loses nothing',
    [A({ Action: ['s3:GetObject', 's3:PutObject'] })],
    [A(), A({ Action: 's3:PutObject' })],
    'none',
    'none',
  ],
  [
    'Action to NotAction complement',
    [A({ Action: 's3:*', Resource: '*' })],
    [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
    'some',
    'some',
  ],
  [
    'NotAction adds exclusion',
    [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }],
    [{ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
    'none',
    'some',
  ],
  [
    'NotAction = Action * with Deny',
    [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }],
    [ALL, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    'none',
    'none',
  ],
  ['Action * to *:*', [ALL], [{ ...ALL, Action: '*:*' }], 'none', 'none'],
  [
    'string to array',
    [A()],
    [A({ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'] })],
    'none',
    'none',
  ],
  // resources
  [
    'NotResource flip',
    [A({ Action: 's3:*' })],
    [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/*' }],
    'some',
    'some',
  ],
  [
    'NotResource extra exclusion',
    [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/*' }],
    [{ Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'] }],
    'none',
    'some',
  ],
  [
    'NotResource = * with Deny',
    [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/*' }],
    [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' },
    ],
    'none',
    'none',
  ],
  [
    'resource union by overlap',
    [A({ Resource: ['arn:aws:s3:::a*', 'arn:aws:s3:::*z'] })],
    [A({ Resource: 'arn:aws:s3:::a*z' })],
    'none',
    'some',
  ],
  [
    'resource intersection widened',
    [A({ Resource: 'arn:aws:s3:::a*z' })],
    [A({ Resource: 'arn:aws:s3:::a*' })],
    'some',
    'none',
  ],
  [
    '** equals *',
    [A({ Resource: 'arn:aws:s3:::b/*' })],
    [A({ Resource: 'arn:aws:s3:::b/**' })],
    'none',
    'none',
  ],
  ['?* vs *', [A({ Resource: 'arn:aws:s3:::b/*' })], [A({ Resource: 'arn:aws:s3:::b/?*' })], 'none', 'some'],
  [
    'partition star',
    [A({ Resource: 'arn:aws:sqs:eu-west-1:111122223333:q', Action: 'sqs:SendMessage' })],
    [A({ Resource: 'arn:*:sqs:eu-west-1:111122223333:q', Action: 'sqs:SendMessage' })],
    'some',
    'none',
  ],
  [
    'account becomes star',
    [A({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' })],
    [A({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:*:q' })],
    'some',
    'none',
  ],
  [
    'unrelated resource form: arn:aws:s3:::b to b/*',
    [A({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' })],
    [A({ Action: 's3:ListBucket', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] })],
    'some',
    'none',
  ],
  [
    'a key is asked for no more, beside one of which several values are open',
    [C({ StringLike: { 'aws:TagKeys': 'a' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
    [C({ StringEquals: { 'aws:TagKeys': 'a' } })],
    'some',
    'open',
  ],
  [
    'a number that nobody can read, where the key need not be there',
    [],
    [C({ NumericNotEqualsIfExists: { 's3:max-keys': ['7', '0*'] } })],
    'some',
    'none',
  ],
  // policy variables
  [
    'variable fixed to one',
    [A({ Resource: `arn:aws:s3:::h/${v('aws:username')}/*` })],
    [A({ Resource: 'arn:aws:s3:::h/ann/*' })],
    'some',
    'some',
  ],
  [
    'variable to another key',
    [A({ Resource: `arn:aws:s3:::h/${v('aws:username')}/*` })],
    [A({ Resource: `arn:aws:s3:::h/${v('aws:PrincipalTag/name')}/*` })],
    'some',
    'some',
  ],
  [
    'variable key case',
    [A({ Resource: `arn:aws:s3:::h/${v('aws:username')}/*` })],
    [A({ Resource: `arn:aws:s3:::h/${v('aws:UserName')}/*` })],
    'none',
    'none',
  ],
  [
    'escaped star',
    [A({ Resource: `arn:aws:s3:::h/${v('*')}` })],
    [A({ Resource: 'arn:aws:s3:::h/*' })],
    'some',
    'none',
  ],
  [
    'variable with default',
    [A({ Resource: `arn:aws:s3:::h/${v('aws:PrincipalTag/t')}/*` })],
    [A({ Resource: `arn:aws:s3:::h/${v("aws:PrincipalTag/t, 'x'")}/*` })],
    'some',
    'open',
  ],
  [
    'variable in condition value',
    [C({ StringEquals: { 's3:prefix': v('aws:username') } })],
    [C({ StringLike: { 's3:prefix': `${v('aws:username')}*` } })],
    'some',
    'none',
  ],
  [
    'tag equals principal tag to constant',
    [C({ StringEquals: { 'aws:ResourceTag/p': v('aws:PrincipalTag/p') } })],
    [C({ StringEquals: { 'aws:ResourceTag/p': 'x' } })],
    'some',
    'some',
  ],
  // principals (resource policy)
  [
    'root to account id: same',
    [P({ AWS: 'arn:aws:iam::111122223333:root' })],
    [P({ AWS: '111122223333' })],
    'none',
    'none',
    'resource',
  ],
  [
    'role to its account',
    [P({ AWS: 'arn:aws:iam::111122223333:role/r' })],
    [P({ AWS: '111122223333' })],
    'some',
    'none',
    'resource',
  ],
  // Of its own account a queue lets in whom its policy names, and leaves to the account whom it does not.
  [
    'role beside its account, which owns the queue',
    [P({ AWS: '111122223333' }, undefined, QUEUE)],
    [P({ AWS: ['111122223333', 'arn:aws:iam::111122223333:role/r'] }, undefined, QUEUE)],
    'some',
    'none',
    'resource',
  ],
  [
    'role beside its account, which does not own the queue',
    [P({ AWS: '444455556666' }, undefined, QUEUE)],
    [P({ AWS: ['444455556666', 'arn:aws:iam::444455556666:role/r'] }, undefined, QUEUE)],
    'none',
    'none',
    'resource',
  ],
  ...[
    ['111122223333', '444455556666'],
    ['444455556666', '111122223333'],
  ].flatMap((accounts): Edit[] => {
    const roles = accounts.map((account) => `arn:aws:iam::${account}:role/r`);
    return [
      [
        `roles beside accounts, of which ${accounts[0]} comes first and one owns the queue`,
        [P({ AWS: accounts }, undefined, QUEUE)],
        [P({ AWS: [...accounts, ...roles] }, undefined, QUEUE)],
        'some',
        'none',
        'resource',
      ],
      [
        `users that a condition names, of which those of ${accounts[0]} come first`,
        [P({ AWS: accounts }, undefined, QUEUE)],
        [
          P({ AWS: accounts }, undefined, QUEUE),
          P(
            '*',
            { ArnLike: { 'aws:PrincipalArn': accounts.map((each) => `arn:aws:iam::${each}:user/*`) } },
            QUEUE,
          ),
        ],
        'some',
        'none',
        'resource',
      ],
    ];
  }),
  [
    'role beside the account that a key policy enables',
    [P({ AWS: 'arn:aws:iam::111122223333:root' }, undefined, { Action: 'kms:*', Resource: '*' })],
    [
      P({ AWS: 'arn:aws:iam::111122223333:root' }, undefined, { Action: 'kms:*', Resource: '*' }),
      P({ AWS: 'arn:aws:iam::111122223333:role/r' }, undefined, { Action: 'kms:Decrypt', Resource: '*' }),
    ],
    'some',
    'none',
    'resource',
  ],
  [
    'account to role in it',
    [P({ AWS: '111122223333' })],
    [P({ AWS: 'arn:aws:iam::111122223333:role/r' })],
    'none',
    'some',
    'resource',
  ],
  ['* to {"AWS":"*"}', [P('*')], [P({ AWS: '*' })], 'none', 'none', 'resource'],
  ['{"AWS":["*"]} with extra', [P('*')], [P({ AWS: ['*', '111122223333'] })], 'none', 'none', 'resource'],
  [
    'account to star with condition',
    [P({ AWS: '111122223333' })],
    [P('*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
    'none',
    'none',
    'resource',
  ],
  [
    'star with condition PrincipalArn vs named role',
    [P({ AWS: 'arn:aws:iam::111122223333:role/r' })],
    [P('*', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/r' } })],
    'none',
    'none',
    'resource',
  ],
  [
    'user vs role name',
    [P({ AWS: 'arn:aws:iam::111122223333:role/r' })],
    [P({ AWS: 'arn:aws:iam::111122223333:user/r' })],
    'some',
    'some',
    'resource',
  ],
  [
    'NotPrincipal Deny loses one',
    [
      P('*'),
      {
        ...P(undefined),
        Effect: 'Deny',
        NotPrincipal: { AWS: ['arn:aws:iam::111122223333:role/r', 'arn:aws:iam::111122223333:root'] },
      },
    ],
    [P('*'), { ...P(undefined), Effect: 'Deny', NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root'] } }],
    'open',
    'open',
    'resource',
  ],
  [
    'NotPrincipal Deny gains one',
    [P('*'), { ...P(undefined), Effect: 'Deny', NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root'] } }],
    [
      P('*'),
      {
        ...P(undefined),
        Effect: 'Deny',
        NotPrincipal: { AWS: ['arn:aws:iam::111122223333:role/r', 'arn:aws:iam::111122223333:root'] },
      },
    ],
    'open',
    'open',
    'resource',
  ],
  [
    'Principal to NotPrincipal flip',
    [{ ...P(undefined), Effect: 'Deny', Principal: { AWS: '111122223333' } }, P('*')],
    [{ ...P(undefined), Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, P('*')],
    'open',
    'some',
    'resource',
  ],
  // "Principal": a wildcard alone is everybody, by itself or under AWS; elsewhere it names nobody.
  ['a wildcard for services becomes everybody', [P({ Service: '*' })], [P('*')], 'some', 'none', 'resource'],
  [
    'a wildcard for providers becomes a user',
    [P({ Federated: '*' })],
    [P({ AWS: 'arn:aws:iam::111122223333:user/r' })],
    'some',
    'open',
    'resource',
  ],
  [
    'a wildcard for canonical users becomes everybody',
    [P({ CanonicalUser: '*' })],
    [P({ AWS: '*' })],
    'some',
    'none',
    'resource',
  ],
  [
    'the ID of a canonical user moves to its own type',
    [P({ AWS: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' })],
    [P({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' })],
    'open',
    'open',
    'resource',
  ],
  [
    'service principal swapped',
    [T({ Service: 'lambda.amazonaws.com' })],
    [T({ Service: 'ec2.amazonaws.com' })],
    'some',
    'some',
    'trust',
  ],
  [
    'service with SourceAccount dropped',
    [T({ Service: 'lambda.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111122223333' } })],
    [T({ Service: 'lambda.amazonaws.com' })],
    'some',
    'none',
    'trust',
  ],
  [
    'trust ExternalId dropped',
    [T({ AWS: '111122223333' }, { StringEquals: { 'sts:ExternalId': 'x' } })],
    [T({ AWS: '111122223333' })],
    'some',
    'none',
    'trust',
  ],
  ['trust root to *', [T({ AWS: '111122223333' })], [T('*')], 'some', 'none', 'trust'],
  [
    'trust adds TagSession',
    [T({ AWS: '111122223333' })],
    [T({ AWS: '111122223333' }, undefined, { Action: ['sts:AssumeRole', 'sts:TagSession'] })],
    'some',
    'none',
    'trust',
  ],
  [
    'federated aud dropped',
    [
      {
        ...T({ Federated: 'accounts.google.com' }, { StringEquals: { 'accounts.google.com:aud': 'x' } }),
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
    [{ ...T({ Federated: 'accounts.google.com' }), Action: 'sts:AssumeRoleWithWebIdentity' }],
    'some',
    'none',
    'trust',
  ],
  [
    'SAML provider swapped',
    [{ ...T({ Federated: 'arn:aws:iam::111122223333:saml-provider/a' }), Action: 'sts:AssumeRoleWithSAML' }],
    [{ ...T({ Federated: 'arn:aws:iam::111122223333:saml-provider/b' }), Action: 'sts:AssumeRoleWithSAML' }],
    'some',
    'some',
    'trust',
  ],
  [
    'canonical user added',
    [P({ AWS: '111122223333' })],
    [
      P({
        AWS: '111122223333',
        CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      }),
    ],
    'open',
    'none',
    'resource',
  ],
  [
    'org condition narrowed to ou path',
    [P('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
    [
      P('*', {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' },
        StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      }),
    ],
    'none',
    'some',
    'resource',
  ],
  [
    'vpce opened to public',
    [P('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } })],
    [P('*', { StringLike: { 'aws:SourceVpce': 'vpce-*' } })],
    'some',
    'none',
    'resource',
  ],
  [
    'Referer added instead of org',
    [P('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
    [P('*', { StringEquals: { 'aws:Referer': 'x' } })],
    'some',
    'some',
    'resource',
  ],
  ...[
    { StringLike: { 'aws:PrincipalServiceName': '*.amazonaws.com' } },
    { StringLike: { 'aws:PrincipalServiceName': 'sns.*' } },
    { StringLike: { 'aws:PrincipalServiceName': 's?s*' } },
    { StringEqualsIgnoreCase: { 'aws:PrincipalServiceName': 'SNS.amazonaws.com' } },
    { 'ForAnyValue:StringEquals': { 'aws:PrincipalServiceNamesList': 'sns.amazonaws.com' } },
    { Null: { 'aws:PrincipalServiceName': 'false' } },
    { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    // What a caller is compares with a tag that it may have.
    { StringEquals: { 'aws:username': v('aws:PrincipalTag/name') } },
    { StringLike: { 'aws:username': `x${v('aws:PrincipalTag/name')}*` } },
    { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:user/${v('aws:PrincipalTag/name')}` } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:role/${v('aws:PrincipalTag/name')}/*` } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${v('aws:PrincipalTag/name')}/x` } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/*${v('aws:PrincipalTag/name')}` } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:*/${v('aws:PrincipalTag/name')}/*/b` } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:role/?${v('aws:PrincipalTag/name')}?` } },
    // The bucket is of an account that its ARN does not tell.
    { StringEquals: { 'aws:PrincipalAccount': v('aws:ResourceAccount') } },
    { StringEquals: { 'aws:ResourceAccount': v('aws:PrincipalAccount') } },
  ].flatMap((condition): Edit[] => [
    [`everybody where ${JSON.stringify(condition)}`, [], [P('*', condition)], 'some', 'none', 'resource'],
    [
      `a Deny of everybody where ${JSON.stringify(condition)} goes`,
      [P('*'), { ...P('*', condition), Effect: 'Deny' }],
      [P('*')],
      'some',
      'none',
      'resource',
    ],
  ]),
  // limits
  ['SCP allow list narrowed', [ALL], [{ ...ALL, Action: ['s3:*', 'ec2:*'] }], 'none', 'some', 'scp'],
  [
    'SCP deny gets exemption',
    [ALL, { Effect: 'Deny', Action: '*', Resource: '*' }],
    [
      ALL,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
      },
    ],
    'some',
    'none',
    'scp',
  ],
  [
    'SCP NotAction shrinks',
    [ALL, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
    [ALL, { Effect: 'Deny', NotAction: ['iam:*'], Resource: '*' }],
    'none',
    'some',
    'scp',
  ],
  ['SCP deleted', [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], [], 'some', 'none', 'scp'],
  [
    'RCP deny loosened',
    [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      },
    ],
    [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
    'some',
    'none',
    'rcp',
  ],
  [
    'RCP deleted',
    [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
    [],
    'some',
    'none',
    'rcp',
  ],
  [
    'RCP added',
    [],
    [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
    'none',
    'some',
    'rcp',
  ],
  [
    'boundary widened',
    [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    [{ Effect: 'Allow', Action: ['s3:*', 'iam:CreateUser'], Resource: '*' }],
    'some',
    'none',
    'boundary',
  ],
  ['boundary Deny dropped', [ALL, D()], [ALL], 'some', 'none', 'boundary'],
  [
    'endpoint narrowed',
    [{ ...ALL, Principal: '*' }],
    [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
    'none',
    'some',
    'endpoint',
  ],
  ['session policy resource widened', [A()], [A({ Resource: '*' })], 'some', 'none', 'session'],
];

describe('compare: edits of one policy', function () {
  this.timeout(limit(20_000));
  const iamData = loadIamData();

  for (const [what, before, after, granted, removed, type = 'identity'] of edits) {
    it(`${what}: grants ${granted}, takes away ${removed}`, () => {
      const [was, is] = [before, after].map((statements) =>
        openDocument({
          text:
            statements.length === 0 ? '' : JSON.stringify({ Version: '2012-10-17', Statement: statements }),
          language: 'json',
          override: { policyType: type },
        }),
      );
      assert.ok(was !== undefined && is !== undefined);
      const comparison = compareDocuments([was], [is], iamData);
      assert.equal(outcomeOf(comparison.granted), granted, told(comparison.granted));
      assert.equal(outcomeOf(comparison.removed), removed, told(comparison.removed));
      if (type !== 'identity') {
        return;
      }
      // The evaluation of requests has the last word.
      const answers = (changes: readonly Change[]) =>
        changes.flatMap(({ witness, isCertain }) =>
          witness === undefined || !isCertain
            ? []
            : [[evaluate(is.policies, witness).outcome, evaluate(was.policies, witness).outcome]],
        );
      // To assume a role is up to its trust policy too.
      const isAllowed = (outcome: string | undefined): boolean =>
        outcome === 'allow' || outcome === 'depends';
      for (const [now, then] of answers(comparison.granted)) {
        assert.deepEqual([isAllowed(now), then === 'allow', now === then], [true, false, false]);
      }
      for (const [now, then] of answers(comparison.removed)) {
        assert.deepEqual([now === 'allow', isAllowed(then), now === then], [false, true, false]);
      }
    });
  }
});

function outcomeOf(changes: readonly Change[]): Outcome {
  return changes.length === 0 ? 'none' : changes.some(({ isCertain }) => isCertain) ? 'some' : 'open';
}

function told(changes: readonly Change[]): string {
  return JSON.stringify(
    changes.map(({ summary, resources, principals, witness, isCertain }) => ({
      isCertain,
      summary,
      resources,
      principals,
      witness: witness && { ...witness, context: [...(witness.context ?? [])] },
    })),
  );
}
