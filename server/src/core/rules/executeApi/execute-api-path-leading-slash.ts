import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-leading-slash',
    category: 'error',
    summary: 'One slash separates the method and the path',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: 'The path begins with a second slash: a request ARN has only one, so this matches nothing.',
    },
  },
  create: (context) => mistakeVisitor('path-leading-slash', context),
});
