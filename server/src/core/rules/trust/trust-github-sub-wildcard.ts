import { defineRule } from '../../lint/rule';
import { isNegative, takesWildcards } from '../support/conditions';
import { GITHUB_ISSUER, isAboutClaim, oidcPrincipalsOf } from '../support/federation';
import { quote } from '../support/quote';

/** IAM User Guide, "Create a role for OpenID Connect federation", on GitHub Actions. */
export const rule = defineRule({
  meta: {
    id: 'trust-github-sub-wildcard',
    category: 'warning',
    summary: 'A role trusts more than one repository or branch on GitHub',
    since: '0.1.0',
    appliesTo: ['trust'],
    accessAnalyzer: 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED',
    sources: ['iam-oidc-roles'],
    messages: {
      wildcard: '{value} matches more than one repository or branch; name the one that may assume this role.',
    },
  },
  create: (context) => ({
    condition: (condition) => {
      if (
        !isAboutClaim(condition, GITHUB_ISSUER, 'sub') ||
        !takesWildcards(condition) ||
        isNegative(condition.operator) ||
        condition.statement.effect?.value !== 'Allow' ||
        !oidcPrincipalsOf(condition.statement).some(({ issuer }) => issuer === GITHUB_ISSUER)
      ) {
        return;
      }
      for (const { node, text } of condition.values) {
        const at = wildcardIn(text);
        if (at >= 0 && node.kind === 'string') {
          context.report({
            message: 'wildcard',
            at: { node, from: at, to: at + 1 },
            data: { value: quote(text) },
          });
        }
      }
    },
  }),
});

/** A star after @ stands for the number that GitHub appends to a name; Access Analyzer does not report it. */
function wildcardIn(text: string): number {
  return text.search(/(?<!@)\*|\?/);
}
