import { defineRule } from '../../lint/rule';
import { areConditionsKnown } from '../support/conditions';
import { GITHUB_ISSUER, isAboutClaim, oidcPrincipalsOf } from '../support/federation';

/** IAM User Guide, "Create a role for OpenID Connect federation", on GitHub Actions. */
export const rule = defineRule({
  meta: {
    id: 'trust-github-sub-missing',
    category: 'security',
    summary: 'A role trusts GitHub without saying which repository',
    since: '0.1.0',
    appliesTo: ['trust'],
    accessAnalyzer: 'MISSING_GITHUB_REPO_CONDITION_KEY',
    sources: ['iam-oidc-roles'],
    messages: {
      missing:
        'Workflows of every repository on GitHub can assume this role: test {issuer}:sub, as in repo:owner/name:ref:refs/heads/main.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      if (statement.effect?.value !== 'Allow' || !areConditionsKnown(statement)) {
        return;
      }
      for (const { entry, issuer } of oidcPrincipalsOf(statement)) {
        if (
          issuer === GITHUB_ISSUER &&
          !statement.conditions.some((condition) => isAboutClaim(condition, GITHUB_ISSUER, 'sub'))
        ) {
          context.report({ message: 'missing', at: entry.node, data: { issuer } });
        }
      }
    },
  }),
});
