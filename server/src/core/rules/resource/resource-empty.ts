import { defineRule } from '../../lint/rule';
import { isEmptyList, removeStatementFix } from '../support/emptyList';

export const rule = defineRule({
  meta: {
    id: 'resource-empty',
    category: 'suggestion',
    summary: 'A list of resources is empty',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp', 'rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_ARRAY_RESOURCE',
    messages: {
      positive: 'The list of resources is empty, so the statement has no effect.',
      negated: 'The list of excepted resources is empty, so the statement is about all resources.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member, negated, statement }) => {
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
