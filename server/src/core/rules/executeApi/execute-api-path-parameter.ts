import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-parameter',
    category: 'error',
    summary: 'A path parameter in braces matches no request',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: '"{value}" matches no request: a request ARN has the value that was sent, so write *.',
    },
  },
  create: (context) => mistakeVisitor('path-parameter', context),
});
