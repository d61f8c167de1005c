import { defineRule } from '../../lint/rule';
import { reportForbidden } from '../support/forbiddenMember';

export const rule = defineRule({
  meta: {
    id: 'principal-in-identity-policy',
    category: 'error',
    summary: 'An identity-based policy names a principal',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session'],
    fixable: 'suggestion',
    accessAnalyzer: 'UNSUPPORTED_PRINCIPAL',
    messages: {
      unsupported:
        '{name} is not supported in an identity-based policy, which applies to the identity that it is attached to.',
    },
  },
  create: (context) => ({
    principalElement: ({ member }) => reportForbidden(context, member),
  }),
});
