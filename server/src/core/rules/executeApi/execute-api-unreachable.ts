import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-unreachable',
    category: 'error',
    summary: 'An execute-api ARN that matches no request',
    since: '0.1.0',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: 'No request ARN can have "{value}" here: this matches nothing.',
    },
  },
  create: (context) => slipVisitor('unreachable', context),
});
