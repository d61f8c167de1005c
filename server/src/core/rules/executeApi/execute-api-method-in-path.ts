import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-method-in-path',
    category: 'warning',
    summary: 'A method after a wildcard stage is matched literally',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake:
        'After the wildcard, "{value}" is text that can be anywhere in the path: as written, it is not a method.',
    },
  },
  create: (context) => mistakeVisitor('method-in-path', context),
});
