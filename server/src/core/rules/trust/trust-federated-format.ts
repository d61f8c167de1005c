import { defineRule } from '../../lint/rule';
import { federatedPrincipalFault } from '../support/federatedPrincipal';
import { PRINCIPAL_MESSAGES, principalReport } from '../support/principalFaults';

/** IAM User Guide, "AWS JSON policy elements: Principal", federated principals. */
export const rule = defineRule({
  meta: {
    id: 'trust-federated-format',
    category: 'error',
    summary: 'A federated principal is not an identity provider that IAM knows',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
    sources: ['iam-principal'],
    messages: {
      ...PRINCIPAL_MESSAGES,
      format:
        '{text} is neither the ARN of a SAML or OIDC provider in IAM nor a provider without an ARN, such as accounts.google.com.',
      https: 'The ARN of an OIDC provider has its URL without {part}.',
      name: '{part} names no identity provider.',
      type: '{text} is not an identity provider: it goes under {type}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      const fault = type?.value === 'Federated' ? federatedPrincipalFault(text) : undefined;
      if (fault !== undefined) {
        context.report(principalReport(node, fault));
      }
    },
  }),
});
