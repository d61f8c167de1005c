import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-missing',
    category: 'error',
    summary: 'A method is followed by a slash and a path',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake:
        'The ARN ends with the method "{value}": even the root path has a slash behind it, so this matches no request of a method.',
    },
  },
  create: (context) => mistakeVisitor('path-missing', context),
});
