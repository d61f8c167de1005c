import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-resource-separator',
    category: 'error',
    summary: 'A colon separates the account and the API ID',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { mistake: 'MISSING_ARN_FIELD' },
    messages: {
      mistake: 'A slash follows the account: a colon belongs there.',
    },
  },
  create: (context) => mistakeVisitor('resource-separator', context),
});
