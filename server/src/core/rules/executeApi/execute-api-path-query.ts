import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-query',
    category: 'error',
    summary: 'A policy cannot name a query string',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake:
        '"{value}" is a query string: a request ARN ends with the path, so this does not match what was meant.',
    },
  },
  create: (context) => mistakeVisitor('path-query', context),
});
