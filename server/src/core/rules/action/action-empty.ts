import { defineRule } from '../../lint/rule';
import { isEmptyList, removeStatementFix } from '../support/emptyList';

export const rule = defineRule({
  meta: {
    id: 'action-empty',
    category: 'suggestion',
    summary: 'A list of actions is empty',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_ARRAY_ACTION',
    messages: {
      positive: 'The list of actions is empty, so the statement has no effect.',
      negated: 'The list of excepted actions is empty, so the statement is about all actions.',
    },
  },
  create: (context) => ({
    actionElement: ({ member, negated, statement }) => {
      if (isEmptyList(member) && member.value !== undefined) {
        context.report({
          message: negated ? 'negated' : 'positive',
          at: member.value,
          fixes: negated ? [] : removeStatementFix(statement),
        });
      }
    },
  }),
});
