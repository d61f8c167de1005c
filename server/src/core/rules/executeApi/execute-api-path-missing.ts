import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-missing',
    category: 'error',
    summary: 'A method is followed by a slash and a path',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: 'The ARN ends with the method "{value}": even the root path has a slash behind it, so this matches no request of a method.',
    },
  },
  create: (context) => slipVisitor('path-missing', context),
});
