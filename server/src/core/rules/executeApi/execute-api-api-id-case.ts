import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-api-id-case',
    category: 'warning',
    summary: 'API IDs that AWS issues are in lower case',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-resource'],
    messages: {
      mistake:
        '"{value}" has capitals: API IDs are compared letter by letter, and AWS issues them in lower case.',
    },
  },
  create: (context) => mistakeVisitor('api-id-case', context),
});
