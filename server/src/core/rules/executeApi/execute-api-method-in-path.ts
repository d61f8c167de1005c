import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-in-path',
    category: 'warning',
    summary: 'A method behind a wildcard stage is matched as it is written',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake:
        'Behind the wildcard "{value}" is text that may be anywhere in the path: it is not a method as it is written.',
    },
  },
  create: (context) => mistakeVisitor('method-in-path', context),
});
