import { defineRule } from '../../lint/rule';
import { removeMemberFix } from '../support/forbiddenMember';
import { mayBeAbsent } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'not-principal-in-trust-policy',
    category: 'error',
    summary: 'A trust policy has NotPrincipal',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
    messages: {
      unsupported: 'A trust policy cannot have NotPrincipal.',
    },
  },
  create: (context) => ({
    principalElement: ({ member, negated }) => {
      if (negated && !mayBeAbsent(member)) {
        context.report({ message: 'unsupported', at: member, fixes: [removeMemberFix(member)] });
      }
    },
  }),
});
