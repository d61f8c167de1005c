import { defineRule } from '../../lint/rule';

/** Off by default: since 2025-09-19 Organizations takes conditions in both effects. */
export const rule = defineRule({
  meta: {
    id: 'scp-legacy-condition',
    category: 'error',
    summary: 'A service control policy allows with a condition (refused until September 2025)',
    since: '0.1.0',
    appliesTo: ['scp'],
    defaultOff: true,
    accessAnalyzer: 'SCP_SYNTAX_ERROR_ALLOW_CONDITION',
    withdrawn: true,
    sources: ['organizations-scp-syntax'],
    messages: {
      condition: 'Until September 2025, a statement that allows could not have a Condition.',
    },
  },
  create: (context) => ({
    statement: ({ effect, members }) => {
      const condition = members.find((member) => member.name === 'Condition');
      if (effect?.value === 'Allow' && condition !== undefined) {
        context.report({ message: 'condition', at: condition });
      }
    },
  }),
});
