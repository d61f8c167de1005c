import { defineRule } from '../../lint/rule';

/** Off by default: since 2025-09-19 Organizations takes NotResource. */
export const rule = defineRule({
  meta: {
    id: 'scp-legacy-not-resource',
    category: 'error',
    summary: 'A service control policy has NotResource (refused until September 2025)',
    since: '0.1.0',
    appliesTo: ['scp'],
    defaultOff: true,
    accessAnalyzer: 'SCP_SYNTAX_ERROR_NOTRESOURCE',
    withdrawn: true,
    sources: ['organizations-scp-syntax'],
    messages: {
      negated: 'Until September 2025, a service control policy could not have NotResource.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member, negated }) => {
      if (negated) {
        context.report({ message: 'negated', at: member });
      }
    },
  }),
});
