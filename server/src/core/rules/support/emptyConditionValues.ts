import { removeMember } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ConditionOperator } from '../../model/policy';
import { isEmptyList } from './emptyList';

/** Reports the keys that have an empty list of values, by the message for their operator if there is one. */
export function emptyValuesVisitor<MessageId extends string>(
  context: RuleContext<MessageId>,
  messageOf: (operator: ConditionOperator) => MessageId | undefined,
): Visitor {
  return {
    condition: ({ operator, key, member }) => {
      const message = isEmptyList(member) ? messageOf(operator) : undefined;
      if (message !== undefined && member.value !== undefined) {
        context.report({
          message,
          at: member.value,
          data: { key: key.value },
          fixes: [
            {
              title: `Remove ${key.value}`,
              kind: 'suggestion',
              edits: () => removeMember(member.parent.members.length === 1 ? operator.member : member),
            },
          ],
        });
      }
    },
  };
}
