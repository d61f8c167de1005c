import { defineRule } from '../../lint/rule';
import { removeStatementFix } from '../support/emptyList';

export const rule = defineRule({
  meta: {
    id: 'principal-map-empty',
    category: 'suggestion',
    summary: 'A principal is an empty object',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_OBJECT_PRINCIPAL',
    messages: {
      empty: '{name} is empty and names nobody.',
    },
  },
  create: (context) => ({
    principalElement: ({ member, negated, statement }) => {
      const { value } = member;
      if (value?.kind === 'object' && value.closed && value.members.length === 0) {
        context.report({
          message: 'empty',
          at: value,
          data: { name: member.name },
          fixes: negated ? [] : removeStatementFix(statement),
        });
      }
    },
  }),
});
