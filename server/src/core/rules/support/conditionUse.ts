import type { Visitor } from '../../lint/rule';
import type { OperatorFamily } from '../../model/conditionOperators';
import type { ConditionOperator, Policy } from '../../model/policy';
import { rememberLast } from '../../pattern/memo';

/** What the conditions of a policy are made of. */
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
  return { ...visitor, concerns: (policy) => concerns(useOf(policy)) };
}

const useOf = rememberLast((policy: Policy): ConditionUse => {
  const families = new Set<OperatorFamily>();
  const operators = new Set<string>();
  const qualifiers = new Set<ConditionOperator['qualifier']>();
  const keys = new Set<string>();
  for (const statement of policy.statements) {
    for (const { traits, qualifier } of statement.operators) {
      qualifiers.add(qualifier);
      if (traits !== undefined) {
        families.add(traits.family);
        operators.add(traits.name);
      }
    }
    for (const { key } of statement.conditions) {
      keys.add(key.value.toLowerCase());
    }
  }
  return { families, operators, qualifiers, keys };
});
