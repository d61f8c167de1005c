import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-resource-separator',
    category: 'error',
    summary: 'A colon separates account and API id',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { slip: 'MISSING_ARN_FIELD' },
    messages: {
      slip: 'A slash follows the account: a colon belongs there.',
    },
  },
  create: (context) => slipVisitor('resource-separator', context),
});
