import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-case',
    category: 'error',
    summary: 'Methods are in upper case',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: '"{value}" matches no request: methods in an ARN are in upper case.',
    },
  },
  create: (context) => mistakeVisitor('method-case', context),
});
