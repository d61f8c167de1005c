import { defineRule } from '../../lint/rule';
import { isAboutClaim, oidcPrincipalsLetIn } from '../support/federation';
import { isTemplateText } from '../support/known';

/** IAM User Guide, "Create a role for OpenID Connect federation". */
export const rule = defineRule({
  meta: {
    id: 'trust-oidc-condition-missing',
    category: 'security',
    summary: 'A role can be assumed with any token of an identity provider',
    since: '0.1.0',
    appliesTo: ['trust'],
    accessAnalyzer: 'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL',
    sources: ['iam-oidc-roles'],
    messages: {
      missing: 'Any token of {issuer} can assume this role: test one of its claims, as in {issuer}:aud.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      for (const { entry, issuer } of oidcPrincipalsLetIn(statement)) {
        if (
          !isTemplateText(issuer) &&
          // Where the keys are named after another host, one after the principal's own is given the benefit of doubt.
          !statement.conditions.some(
            (condition) => isAboutClaim(condition, issuer) || isAboutClaim(condition, entry.text),
          )
        ) {
          context.report({ message: 'missing', at: entry.node, data: { issuer } });
        }
      }
    },
  }),
});
