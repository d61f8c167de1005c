import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-blank',
    category: 'error',
    summary: 'An execute-api ARN contains a space',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { leading: 'INVALID_ARN_PREFIX' },
    messages: {
      leading: 'There is a space before this ARN: it then matches no request.',
      mistake: 'There is a space in this ARN: it then matches no request.',
    },
  },
  create: (context) => mistakeVisitor('blank', context),
});
