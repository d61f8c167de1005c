import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-leading-slash',
    category: 'error',
    summary: 'One slash separates method and path',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: 'A second slash begins the path: a request ARN has one, so this matches nothing.',
    },
  },
  create: (context) => slipVisitor('path-leading-slash', context),
});
