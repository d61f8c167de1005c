import { removeMember } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ConditionOperator } from '../../model/policy';
import { isEmptyList } from './emptyList';

/** Reports the keys of certain operators that have an empty list of values. */
export function emptyValuesVisitor(
  context: RuleContext<'empty'>,
  concerns: (operator: ConditionOperator) => boolean,
): Visitor {
  return {
    condition: ({ operator, key, member }) => {
      if (concerns(operator) && isEmptyList(member) && member.value !== undefined) {
        context.report({
          message: 'empty',
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
