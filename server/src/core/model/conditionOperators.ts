import { memoize } from '../pattern/memo';

/**
 * The condition operators as data. IAM User Guide, "IAM JSON policy elements: Condition operators":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

export interface OperatorTraits {
  /** As AWS writes it. */
  readonly name: string;
  readonly family: OperatorFamily;
  /** Matches what the values are not, and so matches as well when the key is absent. */
  readonly negated: boolean;
  /** Whether `*` and `?` stand for other characters. ArnEquals behaves as ArnLike does. */
  readonly wildcards: boolean;
}

/** The 27 operators, without set qualifier and IfExists. */
export const CONDITION_OPERATORS: readonly OperatorTraits[] = [
  ...family('String', [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ]),
  ...family('Numeric', comparisons('Numeric')),
  ...family('Date', comparisons('Date')),
  ...family('Bool', ['Bool']),
  ...family('Binary', ['BinaryEquals']),
  ...family('IpAddress', ['IpAddress', 'NotIpAddress']),
  ...family('Arn', ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike']),
  ...family('Null', ['Null']),
];

export const SET_QUALIFIERS = ['ForAllValues', 'ForAnyValue'] as const;

/** What is known of an operator, given without set qualifier and IfExists, in any case. */
export function operatorTraits(base: string): OperatorTraits | undefined {
  byName ??= new Map(CONDITION_OPERATORS.map((traits) => [traits.name.toLowerCase(), traits]));
  return byName.get(base.toLowerCase());
}

let byName: ReadonlyMap<string, OperatorTraits> | undefined;

function family(name: OperatorFamily, operators: readonly string[]): readonly OperatorTraits[] {
  return operators.map((operator) => ({
    name: operator,
    family: name,
    negated: operator.includes('Not'),
    wildcards: name === 'Arn' || operator.endsWith('Like'),
  }));
}

function comparisons(type: string): readonly string[] {
  return ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (comparison) => type + comparison,
  );
}

/**
 * IAM User Guide, "IAM JSON policy elements: Condition operators": `[Qualifier:]Operator[IfExists]`. IAM does not
 * mind the case of operators, so they are understood in any. The same few stand in every policy.
 */
export const operatorOf = memoize(
  (text) => {
    const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/is.exec(text);
    const qualifier = match?.[1]?.toLowerCase();
    const base = match?.[2] ?? text;
    return {
      qualifier: SET_QUALIFIERS.find((name) => name.toLowerCase() === qualifier),
      base,
      ifExists: match?.[3] !== undefined,
      traits: operatorTraits(base),
    };
  },
  { room: 20_000 },
);
