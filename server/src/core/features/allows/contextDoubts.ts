import { isOfType } from '../../evaluate/conditions/comparison';
import type { Evaluation } from '../../evaluate/evaluate';
import type { EvaluationRequest } from '../../evaluate/request';
import type { OperatorTraits } from '../../model/conditionOperators';
import { quote } from '../../rules/support/quote';

/**
 * Why an answer depends on a condition although its key was given, as sentences: a value is not of the operator's type,
 * or there are several values of a key that is compared as one. AWS documents neither case.
 */
export function contextDoubts(
  { hinges }: Pick<Evaluation, 'hinges'>,
  { context }: Pick<EvaluationRequest, 'context'>,
): readonly string[] {
  if (context === undefined || context.size === 0) {
    return [];
  }
  const told = new Map([...context].map(([key, values]) => [key.toLowerCase(), values]));
  const doubts = hinges.flatMap(({ condition }): readonly string[] => {
    const { traits, qualifier } = condition?.operator ?? {};
    const values = condition === undefined ? undefined : told.get(condition.key.value.toLowerCase());
    if (condition === undefined || traits === undefined || values === undefined || values.length === 0) {
      return [];
    }
    const key = condition.key.value;
    const written = condition.operator.node.value;
    if (qualifier === undefined && values.length > 1 && traits.family !== 'Null') {
      return [
        `${key} has several values: what ${written} makes of them without ForAllValues or ForAnyValue is not documented.`,
      ];
    }
    return values
      .filter((value) => value !== '' && !isOfType(traits.family, value))
      .map(
        (value) =>
          `${key} is ${quote(value)}, which is not ${TYPES[traits.family]}: ${written} cannot be decided.`,
      );
  });
  return [...new Set(doubts)].slice(0, MOST);
}

/** What a value should be, with an example where one helps. */
const TYPES: Readonly<Record<OperatorTraits['family'], string>> = {
  String: 'a text',
  Null: 'a text',
  Arn: 'an ARN',
  Numeric: 'a number',
  Date: 'a date such as 2026-01-31T12:00:00Z',
  Bool: 'true or false',
  Binary: 'Base64',
  IpAddress: 'an IP address or a range such as 203.0.113.0/24',
};

/** Nobody reads more of them. */
const MOST = 20;
