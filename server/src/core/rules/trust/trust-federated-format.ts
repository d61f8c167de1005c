import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { defineRule } from '../../lint/rule';
import { meantBy } from '../../locate/elements';
import { identityProviderOf } from '../support/federation';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

/** IAM User Guide, "AWS JSON policy elements: Principal", federated principals. */
export const rule = defineRule({
  meta: {
    id: 'trust-federated-format',
    category: 'error',
    summary: 'A federated principal is no identity provider that IAM knows',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
    sources: ['iam-principal'],
    messages: {
      format:
        '{text} is neither the ARN of a SAML or OIDC provider in IAM nor one of the providers that need none, such as accounts.google.com.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      // A wildcard is the concern of principal-wildcard.
      if (
        type?.value !== 'Federated' ||
        /[*?]/.test(text) ||
        isTemplateText(text) ||
        identityProviderOf(text) !== undefined
      ) {
        return;
      }
      const meant = meantBy(text, [...BUILT_IN_PROVIDERS.keys()]);
      context.report({
        message: 'format',
        at: node,
        data: { text: quote(text) },
        fixes: meant === undefined ? [] : [replaceStringFix(node, meant)],
      });
    },
  }),
});
