import type { Visitor } from '../../lint/rule';
import { type OperatorFamily, operatorOf } from '../../model/conditionOperators';
import type { ConditionOperator, Policy, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { rememberLast } from '../../pattern/memo';

/** The operators, keys and values of the conditions of a policy. */
export interface ConditionUse {
  readonly families: ReadonlySet<OperatorFamily>;
  /** The operators' names as AWS spells them, without qualifier and IfExists. */
  readonly operators: ReadonlySet<string>;
  readonly qualifiers: ReadonlySet<ConditionOperator['qualifier']>;
  /** In lower case. */
  readonly keys: ReadonlySet<string>;
}

/**
 * A visitor that is shown only policies whose conditions have something for it. Most of the many rules on conditions
 * concern a key or an operator that most policies do not have, and then need not look at each condition.
 */
export function ifUsed(concerns: (use: ConditionUse) => boolean, visitor: Visitor): Visitor {
  return { ...visitor, lookAhead: useIn, concerns: (policy) => concerns(useOf(policy)) };
}

const useOf = rememberLast(({ statements }: Policy): ConditionUse => {
  const use = {
    families: new Set<OperatorFamily>(),
    operators: new Set<string>(),
    qualifiers: new Set<ConditionOperator['qualifier']>(),
    keys: new Set<string>(),
  };
  for (const statement of statements) {
    const used = useIn(statement);
    if (used !== undefined) {
      const [operators, keys] = used;
      for (const operator of operators) {
        const { traits, qualifier } = operatorOf(operator);
        use.qualifiers.add(qualifier);
        if (traits !== undefined) {
          use.families.add(traits.family);
          use.operators.add(traits.name);
        }
      }
      for (const key of keys) {
        use.keys.add(key);
      }
    }
  }
  return use;
});

/** The operators and the keys, in lower case; `undefined` for a statement without any. */
const useIn = notedOf(
  ({ operators, conditions }: Statement): readonly [readonly string[], readonly string[]] | undefined =>
    operators.length === 0
      ? undefined
      : [operators.map(({ node }) => node.value), conditions.map(({ key }) => key.value.toLowerCase())],
);
