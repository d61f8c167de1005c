import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-unknown',
    category: 'error',
    summary: 'The third segment of an execute-api ARN is an HTTP method',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: '"{value}" is where the method belongs and is not one: the ARN is API/STAGE/METHOD/PATH.',
    },
  },
  create: (context) => mistakeVisitor('method-unknown', context),
});
