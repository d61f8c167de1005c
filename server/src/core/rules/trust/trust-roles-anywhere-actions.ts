import { defineRule } from '../../lint/rule';
import { neededActionsVisitor } from '../support/serviceTrust';

/** IAM Roles Anywhere User Guide, "Trust model", section on the role's trust policy. */
export const rule = defineRule({
  meta: {
    id: 'trust-roles-anywhere-actions',
    category: 'error',
    summary: 'A role for IAM Roles Anywhere lacks an action that the service calls',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
    sources: ['roles-anywhere-trust'],
    messages: {
      missing: 'IAM Roles Anywhere also needs {actions} to assume this role.',
    },
  },
  create: (context) =>
    neededActionsVisitor(context, 'rolesanywhere.amazonaws.com', [
      'sts:AssumeRole',
      'sts:SetSourceIdentity',
      'sts:TagSession',
    ]),
});
