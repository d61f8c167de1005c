import { removeMember } from '../../lint/edits';
import { defineRule } from '../../lint/rule';

/**
 * Shown as a warning: without a Principal in it a policy counts as an identity policy, and one with an Id may be
 * meant for a resource.
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
    policy: ({ members }) => {
      for (const member of members) {
        if (member.name === 'Id') {
          context.report({
            message: 'unsupported',
            at: member,
            fixes: [{ title: 'Remove Id', kind: 'safe', edits: () => removeMember(member) }],
          });
        }
      }
    },
  }),
});
