import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-api-id-case',
    category: 'warning',
    summary: 'API ids that AWS issues are in lower case',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-resource'],
    messages: {
      slip: '"{value}" has capitals: API ids are compared letter by letter, and AWS issues them in lower case.',
    },
  },
  create: (context) => slipVisitor('api-id-case', context),
});
