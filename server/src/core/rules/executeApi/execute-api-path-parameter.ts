import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-parameter',
    category: 'error',
    summary: 'A path parameter in braces matches no request',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: '"{value}" matches no request: a request ARN has the value that was sent, so write *.',
    },
  },
  create: (context) => slipVisitor('path-parameter', context),
});
