import { defineRule } from '../../lint/rule';

/** Off by default: since 2025-09-19 Organizations takes resource ARNs in both effects. */
export const rule = defineRule({
  meta: {
    id: 'scp-legacy-resource',
    category: 'error',
    summary: 'A service control policy allows on a resource other than "*" (refused until September 2025)',
    since: '0.1.0',
    appliesTo: ['scp'],
    defaultOff: true,
    accessAnalyzer: 'SCP_SYNTAX_ERROR_ALLOW_RESOURCE',
    withdrawn: true,
    sources: ['organizations-scp-syntax'],
    messages: {
      resource: 'Until September 2025, the resource of a statement that allows could only be "*".',
    },
  },
  create: (context) => ({
    resource: ({ node, text, element }) => {
      if (!element.negated && text !== '*' && element.statement.effect?.value === 'Allow') {
        context.report({ message: 'resource', at: node });
      }
    },
  }),
});
