import { defineRule } from '../../lint/rule';
import { reportForbidden } from '../support/forbiddenMember';

export const rule = defineRule({
  meta: {
    id: 'resource-in-trust-policy',
    category: 'error',
    summary: 'A trust policy names a resource',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
    messages: {
      unsupported: '{name} is not supported in a trust policy, whose resource is the role itself.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member }) => reportForbidden(context, member),
  }),
});
