import { defineRule } from '../../lint/rule';
import { isComplete } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'action-missing',
    category: 'error',
    summary: 'A statement names no action',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_ACTION',
    messages: {
      missing: 'The statement has neither Action nor NotAction.',
    },
  },
  create: (context) => ({
    statement: ({ node, actions }) => {
      if (actions.length === 0 && isComplete(node)) {
        context.report({ message: 'missing', at: node });
      }
    },
  }),
});
