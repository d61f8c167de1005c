import type { ConditionName, Fix, RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { isNegative, moveKeyFix } from './conditions';
import { isEmptyList } from './emptyList';

/** Reports the keys that have an empty list of values, by the message for their operator if there is one. */
export function emptyValuesVisitor<MessageId extends string>(
  context: RuleContext<MessageId>,
  messageOf: (operator: ConditionName['operator']) => MessageId | undefined,
): Visitor {
  return {
    ifCondition: ({ operator }) => messageOf(operator) !== undefined,
    condition: (condition) => {
      const { operator, key, member } = condition;
      const message = isEmptyList(member) ? messageOf(operator) : undefined;
      if (message !== undefined && member.value !== undefined) {
        context.report({
          message,
          at: member.value,
          data: { key: key.value },
          fixes: fixesOf(condition),
        });
      }
    },
  };
}

/**
 * Where no values mean that the key must be absent, `Null` says the same. Else there is nothing to offer: without the
 * condition the statement would apply to all that it keeps out.
 */
function fixesOf(condition: Condition): readonly Fix[] {
  const { operator } = condition;
  return !isNegative(operator) && (operator.ifExists || operator.qualifier === 'ForAllValues')
    ? moveKeyFix(condition, 'Null', 'true')
    : [];
}
