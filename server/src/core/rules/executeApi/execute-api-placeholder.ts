import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-placeholder',
    category: 'error',
    summary: 'Words that documentation leaves to be filled in',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: '"{value}" is a placeholder: put the {what} here.',
    },
  },
  create: (context) => slipVisitor('placeholder', context),
});
