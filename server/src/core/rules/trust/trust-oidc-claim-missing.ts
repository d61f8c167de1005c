import { REQUIRED_CLAIMS } from '../../iamData/overlay/oidcProviders';
import { defineRule } from '../../lint/rule';
import { isAboutClaim, oidcPrincipalsLetIn } from '../support/federation';

/** Silent where no claim is tested at all: that is trust-oidc-condition-missing. */
export const rule = defineRule({
  meta: {
    id: 'trust-oidc-claim-missing',
    category: 'error',
    summary: 'A claim that IAM requires for a shared identity provider is not tested',
    since: '0.1.0',
    appliesTo: ['trust'],
    sources: ['iam-oidc-shared'],
    messages: {
      missing:
        'IAM refuses to trust {issuer}, which many customers share, without a condition on {issuer}:{claim}.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      for (const { entry, issuer } of oidcPrincipalsLetIn(statement)) {
        const claim = REQUIRED_CLAIMS.get(issuer);
        if (
          claim !== undefined &&
          statement.conditions.some((condition) => isAboutClaim(condition, issuer)) &&
          !statement.conditions.some((condition) => isAboutClaim(condition, issuer, claim))
        ) {
          context.report({ message: 'missing', at: entry.node, data: { issuer, claim } });
        }
      }
    },
  }),
});
