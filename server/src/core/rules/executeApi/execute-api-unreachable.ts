import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-unreachable',
    category: 'error',
    summary: 'An execute-api ARN matches no request',
    since: '0.1.0',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: 'No request ARN can have "{value}" here: this matches nothing.',
    },
  },
  create: (context) => mistakeVisitor('unreachable', context),
});
