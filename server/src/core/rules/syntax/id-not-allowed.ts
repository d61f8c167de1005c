import { removeMember } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { isUntold } from '../../locate/contentKind';
import type { Statement } from '../../model/policy';
import { isComplete } from '../support/known';

/**
 * Shown as a warning: without a Principal in it a policy counts as an identity policy, and one with an Id may be
 * meant for a resource. IAM User Guide, "Grammar of the IAM JSON policy language", and "IAM JSON policy elements: Id",
 * by which an identity-based policy may have none.
 */
export const rule = defineRule({
  meta: {
    id: 'id-not-allowed',
    category: 'error',
    severity: 'warning',
    summary: 'An identity-based policy has an Id',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session'],
    fixable: 'safe',
    sources: ['iam-grammar'],
    messages: {
      unsupported: 'Only a resource-based policy may have an Id, and this one is identity-based.',
    },
  },
  create: (context) => ({
    policy: ({ kind, members, statements }) => {
      const ids = members.filter(({ name }) => name === 'Id');
      const isGuess = isUntold(kind);
      // The policy of a resource has no Principal either while its first statement is being typed.
      if (ids.length === 0 || (isGuess && !(statements.length > 0 && statements.every(isWhole)))) {
        return;
      }
      for (const member of ids) {
        context.report({
          message: 'unsupported',
          at: member,
          fixes: [
            {
              title: 'Remove Id',
              kind: isGuess ? 'suggestion' : 'safe',
              edits: () => removeMember(member),
            },
          ],
        });
      }
    },
  }),
});

/** Whether a statement has all that a statement without a Principal needs. */
function isWhole({ node, effect, actions, resources }: Statement): boolean {
  return isComplete(node) && effect !== undefined && actions.length > 0 && resources.length > 0;
}
