import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-trailing-slash',
    category: 'warning',
    summary: 'A trailing slash may keep a path from matching',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['sam-trailing-slash'],
    messages: {
      slip: 'The path ends with a slash: API Gateway strips it from resources, so this may never match.',
    },
  },
  create: (context) => slipVisitor('path-trailing-slash', context),
});
