import { renameKey } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { listed } from '../../wording';
import { canMeet, type FederatedPrincipal, federatedPrincipalsOf, isBeyond } from '../support/federation';
import { hasMember } from '../support/known';
import { quote } from '../support/quote';

/**
 * IAM User Guide, "Available keys for AWS OIDC federation" and "Create a role for OpenID Connect federation". GitHub Docs,
 * "OpenID Connect": an enterprise with an issuer of its own has its name behind the host, in the provider as in the keys.
 */
export const rule = defineRule({
  meta: {
    id: 'trust-claim-foreign',
    category: 'warning',
    summary: 'A trust policy requires a claim of another identity provider than it trusts',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    sources: ['iam-federation-keys', 'iam-oidc-roles'],
    messages: {
      nobody: 'Nobody can assume this role: {provider} has no {key}.',
      shared: 'This excludes {provider}, which has no {key}: give each provider its own statement.',
      also: '{key} is not a claim of {provider} either.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      const principals = statement.effect?.value === 'Allow' ? federatedPrincipalsOf(statement) : [];
      const strangers = principals.filter((principal) => !canMeet(statement, principal));
      const [first, ...others] = statement.conditions.filter((condition) =>
        strangers.some((principal) => isBeyond(condition, principal)),
      );
      if (first !== undefined) {
        const provider = listed(strangers.map(nameOf), 'or');
        context.report({
          message: principals.length === 1 ? 'nobody' : 'shared',
          at: first.member,
          data: { key: quote(first.key.value), provider },
          also: others.map(({ key, member }) => ({
            message: 'also',
            at: member,
            data: { key: quote(key.value), provider },
          })),
          fixes: principals.length === 1 ? renameFix([first, ...others], strangers[0]?.issuer) : [],
        });
      }
    },
  }),
});

function nameOf({ entry, issuer }: FederatedPrincipal): string {
  return issuer ?? entry.text;
}

/** The claims under the names that they have with the provider. A suggestion: who can assume the role changes. */
function renameFix(conditions: readonly Condition[], issuer: string | undefined): readonly Fix[] {
  const claims = conditions.filter(({ key }) => !/^saml:/i.test(key.value));
  const renamed = claims.map(({ key, member }) => ({
    member,
    name: `${issuer}:${key.value.slice(key.value.lastIndexOf(':') + 1)}`,
  }));
  return issuer === undefined ||
    claims.length < conditions.length ||
    renamed.some(({ member, name }) => hasMember(member.parent.members, name))
    ? []
    : [
        {
          title: `Name the claims after ${issuer}`,
          kind: 'suggestion',
          edits: () => renamed.flatMap(({ member, name }) => renameKey(member, name)),
        },
      ];
}
