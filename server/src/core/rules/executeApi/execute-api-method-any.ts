import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-any',
    category: 'error',
    summary: 'ANY is not the method of a request',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: '"{value}" matches no request: a request ARN has the verb that was sent, so write *.',
    },
  },
  create: (context) => mistakeVisitor('method-any', context),
});
