import type { Condition, ConditionOperator, Statement } from '../../model/policy';
import { isComplete } from './known';

/** Whether everything that a statement demands can be seen, so that a key can be said to be missing. */
export function areConditionsKnown(statement: Statement): boolean {
  return statement.members
    .filter((member) => member.key.value === 'Condition')
    .every(
      ({ value }) =>
        value?.kind === 'object' &&
        isComplete(value) &&
        value.members.every((operator) => operator.value?.kind === 'object' && isComplete(operator.value)),
    );
}

/** Whether a statement tests one of the keys, given in lower case; `Null` asks only whether a key is there. */
export function usesKey(statement: Statement, keys: ReadonlySet<string>): boolean {
  return statement.conditions.some(
    (condition) => keys.has(condition.key.value.toLowerCase()) && !isNull(condition.operator),
  );
}

export function isNull(operator: ConditionOperator): boolean {
  return operator.base.toLowerCase() === 'null';
}

/** Whether a condition compares with patterns: the Like operators, and those of ARNs, which all do. */
export function takesWildcards({ operator }: Condition): boolean {
  return /^(String(Not)?Like|Arn(Not)?(Like|Equals))$/i.test(operator.base);
}

/** Whether an operator holds for what it does not list. */
export function isNegative({ base }: ConditionOperator): boolean {
  return /not/i.test(base);
}
