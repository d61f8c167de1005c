import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { type Random, randomOf } from '../fuzz/random';
import { loadIamData } from '../support/iamData';
import type { NaivePolicy, NaiveRequest, NaiveStatement } from '../support/naiveEvaluation';
import { allowsAlone, sideOfNaive } from '../support/naiveSides';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

/** What conditions compare values of one kind with, and the values that requests then have. */
interface Kind {
  readonly operators: readonly string[];
  readonly compared: readonly string[];
  readonly given: readonly string[];
}

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const KINDS: readonly Kind[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    compared: ['a', 'ab', 'b', 'a*', '*b', '?', 'a?b', '*', 'A', '${*}'],
    given: ['a', 'b', 'ab', 'aab', 'acb', 'A', 'ba', 'c', '', '*', 'abb'],
  },
  {
    operators: ['StringEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringNotEquals'],
    compared: ['abc', 'aBc', 'ABC', 'c'],
    given: ['abc', 'aBc', 'Abc', 'abC', 'ABc', 'ABC', 'c', 'C', 'd'],
  },
  {
    operators: COMPARISONS.map((name) => `Numeric${name}`),
    compared: ['7', '7.5', '8', '-1', '0', '100'],
    given: ['7', '7.2', '7.5', '7.7', '8', '-2', '-1', '-0.5', '0', '3', '99', '101'],
  },
  {
    operators: COMPARISONS.map((name) => `Date${name}`),
    compared: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2025-01-01T00:00:00Z', '300000000000'],
    given: [
      '2024-12-31T00:00:00Z',
      '2025-01-01T00:00:00Z',
      '2025-06-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T12:00:00Z',
      '2026-01-02T00:00:00Z',
      '2026-01-03T00:00:00Z',
      '299999999999',
      '300000000000',
      '300000000001',
    ],
  },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    compared: [
      '10.0.0.0/8',
      '10.1.0.0/16',
      '10.1.0.0/17',
      '10.1.128.0/17',
      '0.0.0.0/0',
      '255.0.0.0/8',
      '10.1.0.1',
    ],
    given: [
      '10.0.0.1',
      '10.1.0.1',
      '10.1.0.2',
      '10.1.200.1',
      '10.2.0.0',
      '11.0.0.0',
      '9.255.255.255',
      '255.1.1.1',
    ],
  },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    compared: ['2001:db8::/32', '2001:db8:1::/48', '::/0', '10.0.0.0/8', '2001:db8::1'],
    given: ['2001:db8::1', '2001:db8::2', '2001:db8:1::1', '2001:db9::', '10.0.0.1', '11.0.0.1'],
  },
  {
    operators: ['ArnLike', 'ArnEquals', 'ArnNotEquals'],
    compared: [
      'arn:aws:sns:*:111122223333:a*',
      'arn:aws:sns:*:*:*',
      'arn:aws:*:eu-west-1:*:ab',
      'arn:aws:sns:eu-west-1:111122223333:a',
    ],
    given: ['a', 'ab', 'b', 'a:b'].flatMap((name) => [
      `arn:aws:sns:eu-west-1:111122223333:${name}`,
      `arn:aws:sqs:eu-west-1:444455556666:${name}`,
    ]),
  },
  { operators: ['Bool'], compared: ['true', 'false'], given: ['true', 'false'] },
  {
    operators: ['BinaryEquals'],
    compared: ['AA==', 'AQ==', 'AAE='],
    given: ['AA==', 'AQ==', 'AAE=', 'AP8='],
  },
];

const some = <Value>(values: readonly Value[], most: number, random: Random): readonly Value[] =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(values));

type Conditions = NonNullable<NaiveStatement['Condition']>;

function makeConditions(kind: Kind, isSet: boolean, random: Random): Conditions {
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (let count = 1 + random.below(2); count > 0; count -= 1) {
    if (random.below(8) === 0) {
      conditions.Null = { 'app:k': [random.pick(['true', 'false'])] };
    } else {
      const qualifier = isSet ? random.pick(['ForAllValues:', 'ForAnyValue:']) : '';
      const operator = `${qualifier}${random.pick(kind.operators)}${random.pick(['', '', 'IfExists'])}`;
      conditions[operator] = { 'app:k': some(kind.compared, 3, random) };
    }
  }
  return conditions;
}

/**
 * Conditions on one key against a naive evaluation of many of its values: nothing that only one side lets in is missed, and
 * what is certain is let in by one side alone.
 */
describe('gains by conditions against a naive evaluation', function () {
  const CASES = Number(process.env.CASES ?? runs(12_000, 48));
  this.timeout(limit(60_000 + CASES * 100));

  it(`are right of ${CASES} edits, and miss no value`, () => {
    const random = randomOf(seedOf(20_261_205));
    const iamData = loadIamData();
    const seen = { gained: 0, empty: 0, open: 0, certain: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const kind = random.pick(KINDS);
      const isSet = random.below(4) === 0;
      const makePolicy = (most: number): NaivePolicy => ({
        type: 'identity',
        version: '2012-10-17',
        statements: Array.from({ length: 1 + random.below(most) }, () => ({
          Effect: random.below(4) === 0 ? 'Deny' : 'Allow',
          Action: ['app:Get'],
          Resource: ['*'],
          Condition: makeConditions(kind, isSet, random),
        })),
      });
      const [before, after] = [makePolicy(3), makePolicy(2)];
      const gains = gainsOf(sideOfNaive(after), sideOfNaive(before), { iamData });
      const isGained = (values: readonly string[]): boolean => {
        const request: NaiveRequest = {
          action: 'app:Get',
          resource: 'arn:aws:app:eu-west-1:111122223333:x',
          principal: 'arn:aws:iam::111122223333:user/ann',
          account: '111122223333',
          owner: '111122223333',
          context: new Map([['app:k', values]]),
        };
        return allowsAlone(after, request) && !allowsAlone(before, request);
      };
      const told = (values: readonly string[]): string => JSON.stringify({ values, before, after });
      for (const { isCertain, witness } of gains) {
        seen[isCertain ? 'certain' : 'open'] += 1;
        const values = witness?.context?.get('app:k') ?? [];
        if (isCertain) {
          assert.ok(isGained(values), `not gained: ${told(values)}`);
        }
      }
      seen.empty += gains.length === 0 ? 1 : 0;
      const several = isSet ? Array.from({ length: 20 }, () => some(kind.given, 3, random)) : [];
      for (const values of [[], ...kind.given.map((text) => [text]), ...several]) {
        // Whether an empty text is a value to Null is not documented.
        const isOpen = values.includes('') && told(values).includes('"Null"');
        if (!isOpen && isGained(values)) {
          seen.gained += 1;
          assert.ok(gains.length > 0, `missed: ${told(values)}`);
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(
      seen.gained > CASES && seen.certain > CASES / 2 && seen.empty > CASES / 4,
      JSON.stringify(seen),
    );
    assert.ok(seen.open < seen.certain / 8, JSON.stringify(seen));
  });
});
