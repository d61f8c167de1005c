import { defineRule } from '../../lint/rule';
import { removeEntryFix } from '../support/forbiddenMember';
import { quote } from '../support/quote';

/** IAM User Guide, "IAM identifiers": AROA begins the unique ids of roles. */
export const rule = defineRule({
  meta: {
    id: 'principal-role-deleted',
    category: 'warning',
    summary: 'A principal is the unique ID of a deleted role',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ROLE_REFERENCE',
    sources: ['iam-identifiers'],
    messages: {
      deleted: '{id} is the unique ID of a deleted role; name an existing role by its ARN.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      if (type?.value === 'AWS' && /^AROA[A-Z0-9]+$/.test(text)) {
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
