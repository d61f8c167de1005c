import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-missing',
    category: 'error',
    summary: 'A slash and a path follow the method',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake:
        'The ARN ends with the method "{value}": even the root path has a slash after it, so this matches no method.',
    },
  },
  create: (context) => mistakeVisitor('path-missing', context),
});
