import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-query',
    category: 'error',
    summary: 'A policy cannot name a query string',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: '"{value}" is a query string: a request ARN ends with the path, so this matches nothing that was meant.',
    },
  },
  create: (context) => slipVisitor('path-query', context),
});
