import { renameKey } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { operatorOf } from '../../model/conditionOperators';
import { memoize } from '../../pattern/memo';
import { operatorName } from '../support/conditions';

/** AWS writes operators in this case only, and does not say what becomes of them in another: some tools refuse those. */
export const rule = defineRule({
  meta: {
    id: 'condition-operator-case',
    category: 'suggestion',
    summary: 'A condition operator is not spelled as AWS spells it',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-operators'],
    messages: {
      spelled: 'AWS spells this operator {name}.',
    },
  },
  create: (context) => ({
    statement: ({ operators }) => {
      for (const operator of operators) {
        const name = asSpelled(operator.member.name);
        if (name !== undefined && operator.member.name !== name) {
          context.report({
            message: 'spelled',
            at: operator.member,
            data: { name },
            fixes: [
              {
                title: `Change to ${name}`,
                kind: 'suggestion',
                edits: () => renameKey(operator.member, name),
              },
            ],
          });
        }
      }
    },
  }),
});

/** An operator as AWS spells it; `undefined` if there is no such operator. */
const asSpelled = memoize((text): string | undefined => {
  const operator = operatorOf(text);
  return operator.traits === undefined ? undefined : operatorName(operator, {});
});
