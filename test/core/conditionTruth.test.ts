import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { isOfType } from '../../server/src/core/evaluate/conditions/comparison';
import { hasUnreadConditions } from '../../server/src/core/evaluate/conditions/condition';
import { hasListTest, listTest } from '../../server/src/core/evaluate/conditions/longLists';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';

type Wanted = unknown;

/**
 * What a policy of one Allow answers under a condition, with these values told of the key; `[]` for a key that is not
 * there.
 */
function asked(
  condition: Wanted,
  told: Readonly<Record<string, readonly string[]>>,
  { version = '2012-10-17', resource = 'arn:aws:s3:::b/k' } = {},
): Evaluation {
  const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition };
  const text = JSON.stringify({ Version: version, Statement });
  return evaluate(openDocument({ text, language: 'json' }).policies, {
    action: 's3:GetObject',
    resource,
    context: new Map(Object.entries(told)),
  });
}

const outcomes = { yes: 'allow', no: 'implicit-deny', perhaps: 'depends' } as const;
type Short = keyof typeof outcomes;

const ROLE = 'arn:aws:iam::123456789012:role/x';
const MANY = Array.from({ length: 20 }, (_, index) => `v${index}`);
const NUMBERS = Array.from({ length: 20 }, (_, index) => `${10 + index}`);

/**
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context keys or
 * values".
 */
const TABLE: readonly (readonly [operator: string, wanted: Wanted, given: readonly string[], Short])[] = [
  // Texts, which are not patterns but under Like.
  ['StringEquals', 'a', ['a'], 'yes'],
  ['StringEquals', 'a', ['A'], 'no'],
  ['StringEquals', 'a*', ['a*'], 'yes'],
  ['StringEquals', 'a*', ['ab'], 'no'],
  ['StringLike', 'a*', ['ab'], 'yes'],
  ['StringLike', 'A*', ['ab'], 'no'],
  ['StringLike', 'a?', ['abc'], 'no'],
  ['StringLike', 'ab', ['a*'], 'no'],
  ['StringLike', 'ab', ['a?'], 'no'],
  ['StringEqualsIgnoreCase', 'aé', ['Aé'], 'yes'],
  ['StringEqualsIgnoreCase', 'aé', ['Bé'], 'no'],
  ['StringEqualsIgnoreCase', 'a', ['A'], 'yes'],
  ['StringEquals', 'aé', ['Aé'], 'no'],
  ['StringNotEquals', 'a', ['b'], 'yes'],
  ['StringNotEquals', ['a', 'b'], ['b'], 'no'],
  ['StringNotLike', 'a*', ['b'], 'yes'],
  // ARNs, field by field.
  ['ArnEquals', ROLE, [ROLE], 'yes'],
  ['ArnLike', 'arn:aws:iam::*:role/x', [ROLE], 'yes'],
  ['ArnLike', 'arn:aws:iam::*', [ROLE], 'perhaps'],
  ['ArnLike', ROLE, ['x'], 'perhaps'],
  ['ArnLike', 'arn:aws:iam::1*:role/X', [ROLE], 'no'],
  ['ArnLike', 'arn:aws:IAM::*:role/x', [ROLE], 'no'],
  ['ArnLike', 'arn:aws:sns:*:*:a', ['arn:aws:sns:us-east-1:1:a'], 'yes'],
  ['ArnLike', 'arn:aws:sns:*:a', ['arn:aws:sns:us-east-1:1:a'], 'perhaps'],
  ['ArnLike', 'arn:aws:sns:*:*:a:*', ['arn:aws:sns:us-east-1:1:a:b:c'], 'yes'],
  ['ArnLike', 'arn:aws:sns:*:*:*', ['arn:aws:sns:us-east-1:1:a:b'], 'yes'],
  ['ArnLike', 'arn:aws:sns:*:*:a*c', ['arn:aws:sns:us-east-1:1:ab:c'], 'yes'],
  ['ArnLike', 'arn:aws:iam::${aws:PrincipalTag/u}:role/x', [ROLE], 'perhaps'],
  ['ArnLike', 'arn:aws:iam::${aws:PrincipalTag/u}:role/y', [ROLE], 'no'],
  ['ArnNotLike', 'arn:aws:sns:*:*:a', ['arn:aws:sns:us-east-1:1:b'], 'yes'],
  // Numbers and dates, with their limits.
  ['NumericEquals', '5', ['5.0'], 'yes'],
  ['NumericLessThan', '5', ['4'], 'yes'],
  ['NumericLessThan', '5', ['5'], 'no'],
  ['NumericLessThanEquals', '5', ['5'], 'yes'],
  ['NumericLessThanEquals', '5', ['6'], 'no'],
  ['NumericGreaterThan', '5', ['5'], 'no'],
  ['NumericGreaterThan', '5', ['6'], 'yes'],
  ['NumericGreaterThanEquals', '5', ['5'], 'yes'],
  ['NumericGreaterThanEquals', '5', ['4'], 'no'],
  ['NumericGreaterThanEquals', 'x', ['4'], 'perhaps'],
  ['NumericGreaterThanEquals', '5', ['x'], 'perhaps'],
  ['NumericNotEquals', '5', ['6'], 'yes'],
  ['DateLessThan', '2024-01-01T00:00:00Z', ['2023-12-31T23:59:59Z'], 'yes'],
  ['DateGreaterThan', '2024-01-01T00:00:00Z', ['2023-12-31T23:59:59Z'], 'no'],
  ['DateEquals', '2024-01-01T00:00:00Z', ['1704067200'], 'yes'],
  // What is not of the type is not compared.
  ['DateEquals', '2024-01-01T05:30:00+05:30', ['2024-01-01T00:00:00Z'], 'yes'],
  ['DateEquals', '2023-12-31T19:15:00-04:45', ['2024-01-01T00:00:00Z'], 'yes'],
  ['Bool', 'true', ['true'], 'yes'],
  ['Bool', 'true', ['false'], 'no'],
  ['Bool', 'maybe', ['true'], 'perhaps'],
  ['Bool', 'true', ['maybe'], 'perhaps'],
  ['BinaryEquals', 'aGk=', ['aGk='], 'yes'],
  ['BinaryEquals', 'aGk=', ['aGg='], 'no'],
  ['IpAddress', '10.0.0.0/8', ['10.1.2.3'], 'yes'],
  ['IpAddress', '10.0.0.0/8', ['11.1.2.3'], 'no'],
  ['IpAddress', '10.0.0.0/16', ['10.0.0.0/8'], 'perhaps'],
  ['IpAddress', '11.0.0.0/16', ['10.0.0.0/8'], 'no'],
  ['NotIpAddress', '10.0.0.0/8', ['11.1.2.3'], 'yes'],
  // A key that is not there.
  ['StringEquals', 'a', [], 'no'],
  ['StringNotEquals', 'a', [], 'yes'],
  ['StringEqualsIfExists', 'a', [], 'yes'],
  ['ForAllValues:StringEquals', 'a', [], 'yes'],
  ['ForAnyValue:StringEquals', 'a', [], 'no'],
  ['ForAnyValue:StringNotEquals', 'a', [], 'no'],
  ['ForAllValues:StringNotEquals', 'a', [], 'yes'],
  ['Null', 'true', [], 'yes'],
  ['Null', 'false', [], 'no'],
  ['Null', 'true', ['a'], 'no'],
  ['Null', 'False', ['a'], 'yes'],
  ['Null', 'x', ['a'], 'perhaps'],
  ['Null', ['true', 'false'], ['a'], 'yes'],
  ['Null', 'true', [''], 'perhaps'],
  ['Null', 'true', ['', 'a'], 'no'],
  ['Null', [], ['a'], 'perhaps'],
  ['NullIfExists', 'true', [], 'perhaps'],
  ['ForAnyValue:Null', 'true', [], 'perhaps'],
  // Several values, of which an empty text is none.
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'no'],
  ['ForAllValues:StringEquals', 'a', [''], 'yes'],
  ['ForAnyValue:StringEquals', 'a', [''], 'no'],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], 'yes'],
  ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], 'yes'],
  ['ForAnyValue:StringNotEquals', 'a', ['a'], 'no'],
  ['StringEquals', 'a', ['a', 'b'], 'perhaps'],
  ['StringEquals', '', [''], 'yes'],
  // Nothing to compare with, and lists of which a part is none.
  ['StringEquals', [], ['a'], 'perhaps'],
  ['StringEquals', ['a', { x: 1 }], ['b'], 'perhaps'],
  ['StringEquals', ['a', { x: 1 }], ['a'], 'yes'],
  ['StringEquals', { 'Fn::If': ['c', 'a', 'b'] }, ['a'], 'perhaps'],
  ['StringEquals', { 'Fn::If': ['c', 'a', 'b'] }, ['c'], 'perhaps'],
  ['StringEquals', { 'Fn::Sub': '${Stage}x' }, ['ax'], 'perhaps'],
  ['StringEquals', ['a', { Ref: 'B' }], ['a'], 'yes'],
  ['StringMatches', 'a', ['a'], 'perhaps'],
  // Long lists are looked up, and answer as short ones do.
  ['StringEquals', MANY, ['v3'], 'yes'],
  ['StringEquals', MANY, ['w'], 'no'],
  ['StringNotEquals', MANY, ['v3'], 'no'],
  ['StringNotEquals', MANY, ['w'], 'yes'],
  ['StringEquals', MANY.slice(0, 16), ['v15'], 'yes'],
  ['StringEqualsIgnoreCase', MANY, ['V3'], 'yes'],
  ['StringLike', [...MANY, 'w*'], ['wx'], 'yes'],
  ['StringEquals', [...MANY, { x: 1 }], ['w'], 'perhaps'],
  ['StringEquals', [...MANY, { 'Fn::If': ['c', 'w', 'z'] }], ['w'], 'perhaps'],
  ['StringEquals', [...MANY, { Ref: 'W' }], ['w'], 'perhaps'],
  ['NumericEquals', NUMBERS, ['12.0'], 'yes'],
  ['NumericEquals', NUMBERS, ['9'], 'no'],
  ['NumericEquals', NUMBERS, ['x'], 'perhaps'],
  ['NumericEquals', [...NUMBERS, 'x'], ['9'], 'perhaps'],
  ['NumericNotEquals', NUMBERS, ['9'], 'yes'],
  ['NumericLessThan', NUMBERS, ['28'], 'yes'],
  ['NumericLessThan', NUMBERS, ['29'], 'no'],
  ['NumericLessThanEquals', NUMBERS, ['29'], 'yes'],
  ['NumericLessThanEquals', NUMBERS, ['30'], 'no'],
  ['NumericGreaterThan', NUMBERS, ['11'], 'yes'],
  ['NumericGreaterThan', NUMBERS, ['10'], 'no'],
  ['NumericGreaterThanEquals', NUMBERS, ['10'], 'yes'],
  ['NumericGreaterThanEquals', NUMBERS, ['9'], 'no'],
];

describe('a condition whose key is told', () => {
  for (const [operator, wanted, given, short] of TABLE) {
    const shown =
      Array.isArray(wanted) && wanted.length > 3 ? `${wanted.length} values` : JSON.stringify(wanted);
    it(`${operator} ${shown} of ${JSON.stringify(given)}: ${short}`, () => {
      const { outcome } = asked(
        { [operator]: { 'aws:PrincipalTag/t': wanted } },
        { 'aws:PrincipalTag/t': given },
      );
      assert.equal(outcome, outcomes[short]);
    });
  }

  it('is compared with variables as they are filled in, and names those that are not told', () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/t': '${aws:username}' } };
    const unknown = asked(condition, { 'aws:PrincipalTag/t': ['jo'] });
    assert.equal(unknown.outcome, 'depends');
    assert.deepEqual(
      unknown.hinges.flatMap(({ unknownKeys = [] }) => unknownKeys),
      ['aws:username'],
    );
    assert.equal(asked(condition, { 'aws:PrincipalTag/t': ['jo'], 'aws:username': ['jo'] }).outcome, 'allow');
    assert.equal(
      asked(condition, { 'aws:PrincipalTag/t': ['jo'], 'aws:username': ['al'] }).outcome,
      'implicit-deny',
    );
    const open = asked(condition, {});
    assert.deepEqual(
      open.hinges.flatMap(({ unknownKeys = [] }) => unknownKeys),
      ['aws:PrincipalTag/t', 'aws:username'],
    );
    const old = asked(condition, { 'aws:PrincipalTag/t': ['${aws:username}'] }, { version: '2008-10-17' });
    assert.equal(old.outcome, 'allow');
  });

  it('tells no keys that a test for their presence does not need', () => {
    const { hinges } = asked({ Null: { 'aws:PrincipalTag/t': '${aws:username}' } }, {});
    assert.deepEqual(
      hinges.flatMap(({ unknownKeys = [] }) => unknownKeys),
      ['aws:PrincipalTag/t'],
    );
  });

  it('is where a template decides about it the part that the template gives', () => {
    const { hinges } = asked(
      { StringEquals: { 'aws:PrincipalTag/t': 'a' }, StringLike: 'x' },
      { 'aws:PrincipalTag/t': ['a'] },
    );
    assert.deepEqual(
      hinges.map(({ node }) => node?.kind),
      ['string'],
    );
  });

  it('may not be one where a template decides about it', () => {
    for (const condition of [
      { StringEquals: { '${Key}': 'a' } },
      { 'Fn::If': ['c', { StringEquals: { 'aws:PrincipalTag/t': 'a' } }, { Ref: 'AWS::NoValue' }] },
      { StringEquals: { 'Fn::If': ['c', { 'aws:PrincipalTag/t': 'a' }, {}] } },
      { StringEquals: 'a' },
      'x',
    ]) {
      assert.equal(
        asked(condition, { 'aws:PrincipalTag/t': ['b'] }).outcome,
        'depends',
        JSON.stringify(condition),
      );
    }
  });
});

describe('a long list of values', () => {
  const told = (operator: string, values: readonly unknown[], text: string): boolean | undefined => {
    const condition = { [operator]: { 'aws:PrincipalTag/t': values } };
    const document = openDocument({
      text: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Condition: condition } }),
      language: 'json',
    });
    const [read] = document.policies[0]?.statements[0]?.conditions ?? [];
    assert.ok(read !== undefined);
    const answer = listTest(read)(text);
    if (answer !== undefined) {
      assert.ok(hasListTest(read));
      assert.equal(listTest(read), listTest(read));
    } else if (text !== 'x') {
      assert.ok(!hasListTest(read));
    }
    return answer;
  };
  const addresses = MANY.map((_, index) => `10.${index}.0.0/16`);
  const dates = MANY.map((_, index) => `2024-01-${10 + index}`);

  it('is looked up, without a look at each', () => {
    assert.equal(told('StringEquals', MANY, 'v3'), true);
    assert.equal(told('StringEquals', MANY, 'w'), false);
    assert.equal(told('StringEquals', MANY.slice(0, 16), 'w'), false);
    assert.equal(told('NumericEquals', NUMBERS, '12.0'), true);
    assert.equal(told('NumericEquals', NUMBERS, '9'), false);
    assert.equal(told('NumericLessThan', NUMBERS, '29'), false);
    assert.equal(told('NumericGreaterThan', NUMBERS, '10'), false);
    assert.equal(told('NumericGreaterThanEquals', NUMBERS, '9'), false);
    assert.equal(told('NumericGreaterThanEquals', NUMBERS, '10'), true);
    assert.equal(told('NumericEquals', NUMBERS, 'x'), undefined);
    assert.equal(told('DateEquals', dates, '2024-01-12T00:00:00Z'), true);
    assert.equal(told('DateEquals', dates, '2024-01-12T00:00:01Z'), false);
    assert.equal(told('IpAddress', addresses, '10.3.1.1'), true);
    assert.equal(told('IpAddress', addresses, '11.3.1.1'), false);
  });

  it('is looked through where a value is no text that means itself', () => {
    assert.equal(told('StringEquals', MANY.slice(0, 15), 'w'), undefined);
    assert.equal(told('StringEquals', [...MANY, 'w*'], 'w'), undefined);
    assert.equal(told('StringEquals', [...MANY, '${x}'], 'w'), undefined);
    assert.equal(told('StringEqualsIgnoreCase', MANY, 'v1'), undefined);
    assert.equal(told('StringEquals', [...MANY, { x: 1 }], 'v1'), undefined);
    assert.equal(told('StringEquals', [...MANY, { 'Fn::If': ['c', 'a', 'b'] }], 'v1'), undefined);
    assert.equal(told('NumericEquals', [...NUMBERS, 'x'], '12'), undefined);
    assert.equal(told('IpAddress', [...addresses, 'x'], '10.3.1.1'), undefined);
    assert.equal(told('ArnEquals', MANY, 'v1'), undefined);
  });
});

describe('what cannot be read of conditions', () => {
  it('is told of the statement', () => {
    const read = (condition: unknown): boolean | undefined => {
      const text = JSON.stringify({ Statement: { Effect: 'Allow', Condition: condition } });
      const statement = openDocument({ text, language: 'json' }).policies[0]?.statements[0];
      return statement && hasUnreadConditions(statement);
    };
    assert.equal(read({ StringEquals: { a: 'b' } }), false);
    assert.equal(read({ StringEquals: { a: 'b' }, StringLike: 'x' }), true);
    assert.equal(read('x'), true);
    assert.equal(read({}), false);
    assert.equal(read(undefined), false);
  });
});

describe('the type of a value', () => {
  const cases: readonly (readonly [Parameters<typeof isOfType>[0], string, boolean])[] = [
    ['Arn', 'arn:aws:sns:us-east-1:1:a', true],
    ['Arn', 'arn:aws:sns:::a:b', true],
    ['Arn', 'arn:aws:sns:a', false],
    ['Arn', 'arn:aws:iam::1:${a:b}', true],
    ['Arn', 'arn:aws:iam:${a:b}:x', false],
    ['Arn', 'arn:aws:iam:${a:b', false],
    ['Numeric', '-1.5', true],
    ['Numeric', 'x', false],
    ['Date', '2024-01-01', true],
    ['Date', 'x', false],
    ['Bool', 'true', true],
    ['Bool', '1', false],
    ['Binary', 'aGk=', true],
    ['Binary', '-', false],
    ['Binary', 'aGk', false],
    ['Binary', 'aGkx', true],
    ['Binary', 'aGl=', false],
    ['Binary', 'aA==', true],
    ['Binary', 'aB==', false],
    ['IpAddress', '10.0.0.0/8', true],
    ['IpAddress', '2001:db8::1', true],
    ['IpAddress', 'x', false],
    ['String', '', true],
    ['Null', 'x', true],
  ];
  for (const [family, text, expected] of cases) {
    it(`${family} ${JSON.stringify(text)}: ${expected}`, () => {
      assert.equal(isOfType(family, text), expected);
    });
  }
});
