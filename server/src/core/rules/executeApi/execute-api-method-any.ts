import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-any',
    category: 'error',
    summary: 'ANY is no method of a request',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: '"{value}" matches no request: a request ARN has the verb that was sent, so write *.',
    },
  },
  create: (context) => slipVisitor('method-any', context),
});
