import { defineRule } from '../../lint/rule';

/** Off by default: since 2025-09-19 Organizations takes NotAction in both effects. */
export const rule = defineRule({
  meta: {
    id: 'scp-legacy-not-action',
    category: 'error',
    summary: 'A service control policy allows with NotAction (refused until September 2025)',
    since: '0.1.0',
    appliesTo: ['scp'],
    defaultOff: true,
    accessAnalyzer: 'SCP_SYNTAX_ERROR_ALLOW_NOTACTION',
    withdrawn: true,
    sources: ['organizations-scp-syntax'],
    messages: {
      negated: 'Until September 2025, a statement that allows could not have NotAction.',
    },
  },
  create: (context) => ({
    actionElement: ({ member, negated, statement }) => {
      if (negated && statement.effect?.value === 'Allow') {
        context.report({ message: 'negated', at: member });
      }
    },
  }),
});
