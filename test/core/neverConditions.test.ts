import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import { loadIamData } from '../support/iamData';

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether somebody may do something for certain, perhaps, or never. */
type Answer = 'possible' | 'perhaps' | 'never';

const variable = (inner: string): string => `\${${inner}}`;
const TAG_A = 'aws:PrincipalTag/a';
const TAG_B = 'aws:PrincipalTag/b';
const TAG_C = 'aws:PrincipalTag/c';
const TAG_D = 'aws:PrincipalTag/d';

const cases: readonly (readonly [what: string, conditions: Conditions, answer: Answer])[] = [
  // What AWS makes of several values without a qualifier is not documented.
  [
    'one value of a key for each of two operators, one of them without a qualifier',
    { StringEquals: { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } },
    'perhaps',
  ],
  [
    'two values of a key that has several, without qualifiers',
    { StringEquals: { 'aws:TagKeys': 'a' }, StringLike: { 'aws:TagKeys': 'b*' } },
    'perhaps',
  ],
  [
    'two values of a key that has one',
    { StringEquals: { 'aws:SourceVpc': 'vpc-1' }, StringLike: { 'aws:SourceVpc': 'vpc-2*' } },
    'never',
  ],
  // What a template fills in may be anything of the type.
  ['a number to come', { NumericLessThan: { 'aws:MultiFactorAuthAge': { Ref: 'Age' } } }, 'perhaps'],
  ['a date to come', { DateLessThan: { 'aws:CurrentTime': { Ref: 'End' } } }, 'perhaps'],
  ['an address to come', { IpAddress: { 'aws:SourceIp': { Ref: 'Office' } } }, 'perhaps'],
  ['bytes to come', { BinaryEquals: { 'app:bytes': { Ref: 'Bytes' } } }, 'perhaps'],
  ['a choice of texts', { StringEquals: { 'aws:SourceVpc': { 'Fn::If': ['A', 'x', 'y'] } } }, 'perhaps'],
  ['no value', { StringEquals: { 'aws:SourceVpc': [] } }, 'perhaps'],
  // What AWS makes of a text that is not of the operator's type is not documented.
  ['true with a capital letter', { Bool: { 'aws:MultiFactorAuthPresent': 'True' } }, 'perhaps'],
  ['a word for a number', { NumericEquals: { 's3:max-keys': 'many' } }, 'perhaps'],
  ['a year for a date', { DateLessThan: { 'aws:CurrentTime': '2026' } }, 'perhaps'],
  ['a name for an address', { IpAddress: { 'aws:SourceIp': 'office' } }, 'perhaps'],
  ['a name for an ARN', { ArnLike: { 'aws:SourceArn': 'topic' } }, 'perhaps'],
  // How a value is written counts as well where one key is compared in two ways.
  [
    'an address and how it begins',
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, StringLike: { 'aws:SourceIp': '10.9.*' } },
    'perhaps',
  ],
  [
    'a number and how it is written',
    { NumericEquals: { 's3:max-keys': '1' }, StringLike: { 's3:max-keys': '?.0' } },
    'perhaps',
  ],
  [
    'true and its text',
    { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SecureTransport': 'false' } },
    'never',
  ],
  ['a number with too many digits', { NumericGreaterThan: { 's3:max-keys': '999999999999999' } }, 'perhaps'],
  [
    'a text in a case that is not excluded',
    {
      StringEqualsIgnoreCase: { [TAG_A]: 'Abc' },
      StringNotEquals: { [TAG_A]: ['abc', 'ABC', 'aBC', 'Abc'] },
    },
    'possible',
  ],
  [
    'a text in every case',
    { StringEqualsIgnoreCase: { [TAG_A]: 'ab' }, StringNotEquals: { [TAG_A]: ['ab', 'aB', 'Ab', 'AB'] } },
    'never',
  ],
  // Variables have values too.
  [
    'two variables, each of which must have a certain value',
    {
      StringEquals: { [TAG_A]: variable(TAG_B), [TAG_C]: variable(TAG_D), [TAG_B]: 'x', [TAG_D]: 'y' },
    },
    'possible',
  ],
  [
    'a variable that must meet the conditions on both keys',
    { StringEquals: { [TAG_A]: variable(TAG_B) }, StringLike: { [TAG_A]: '*y', [TAG_B]: 'x*' } },
    'possible',
  ],
  [
    'a variable that cannot meet the conditions on both keys',
    { StringEquals: { [TAG_A]: variable(TAG_B), [TAG_B]: 'x' }, StringNotEquals: { [TAG_A]: 'x' } },
    'never',
  ],
  [
    'a variable that must begin as another value does',
    { StringEquals: { 's3:prefix': `${variable(TAG_A)}/` }, StringLike: { 's3:prefix': 'x*/' } },
    'possible',
  ],
];

describe('never: conditions that are hard to meet', () => {
  for (const [what, Condition, answer] of cases) {
    it(`${answer}: ${what}`, () => {
      assert.equal(answerOf([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition }]), answer);
    });
  }

  it('perhaps: what a Deny leaves to whom a variable names', () => {
    const statements = [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/bob/*' },
      { Effect: 'Deny', Action: 's3:*', NotResource: `arn:aws:s3:::home/${variable('aws:username')}/*` },
    ];
    assert.equal(answerOf(statements), 'perhaps');
  });
});

function answerOf(statements: readonly object[]): Answer {
  const { policies } = openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: 'identity' },
  });
  const gains = gainsOf(sideOf('identity', policies), sideOf('identity', []), { iamData: loadIamData() });
  return gains.length === 0 ? 'never' : gains.some(({ isCertain }) => isCertain) ? 'possible' : 'perhaps';
}
