import { defineRule } from '../../lint/rule';
import { removeEntryFix } from '../support/forbiddenMember';
import { quote } from '../support/quote';

/** IAM User Guide, "IAM identifiers": AIDA begins the unique ids of users. */
export const rule = defineRule({
  meta: {
    id: 'principal-user-deleted',
    category: 'warning',
    summary: 'A principal is the unique ID of a deleted IAM user',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_USER_REFERENCE',
    sources: ['iam-identifiers'],
    messages: {
      deleted: '{id} is the unique ID of a deleted IAM user; name an existing user by its ARN.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      if (type?.value === 'AWS' && /^AIDA[A-Z0-9]+$/.test(text)) {
        context.report({
          message: 'deleted',
          at: node,
          data: { id: quote(text) },
          fixes: removeEntryFix(node),
        });
      }
    },
  }),
});
