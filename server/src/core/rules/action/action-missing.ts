import { defineRule } from '../../lint/rule';
import { STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
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
    statement: ({ node, members, actions }) => {
      if (
        actions.length === 0 &&
        isComplete(node) &&
        !standsAmong(members, STATEMENT_ELEMENTS, 'Action', 'NotAction')
      ) {
        context.report({ message: 'missing', at: node });
      }
    },
  }),
});
