import { defineRule } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { GITHUB_ISSUER, isAboutClaim, oidcPrincipalsLetIn } from '../support/federation';

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
      narrowed:
        'Only {key} limits here which workflows can assume this role: test {issuer}:sub too, without which IAM refuses to trust GitHub.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      for (const { entry, issuer } of oidcPrincipalsLetIn(statement)) {
        if (
          issuer === GITHUB_ISSUER &&
          !statement.conditions.some((condition) => isAboutClaim(condition, GITHUB_ISSUER, 'sub'))
        ) {
          const narrowing = statement.conditions.find(isAboutWorkflow);
          context.report({
            message: narrowing === undefined ? 'missing' : 'narrowed',
            at: entry.node,
            data: { issuer, key: narrowing?.key.value ?? '' },
          });
        }
      }
    },
  }),
});

/** Claims other than the subject that tell one repository's workflows from another's; GitHub Docs, "OpenID Connect". */
const WORKFLOW_CLAIMS = [
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'job_workflow_ref',
];

function isAboutWorkflow(condition: Condition): boolean {
  return WORKFLOW_CLAIMS.some((claim) => isAboutClaim(condition, GITHUB_ISSUER, claim));
}
