import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-trailing-slash',
    category: 'warning',
    summary: 'A trailing slash may keep a path from matching',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['sam-trailing-slash'],
    messages: {
      mistake: 'The path ends with a slash: API Gateway strips it from resources, so this may never match.',
    },
  },
  create: (context) => mistakeVisitor('path-trailing-slash', context),
});
