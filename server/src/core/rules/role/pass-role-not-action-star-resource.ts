import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'pass-role-not-action-star-resource',
    category: 'security',
    summary: 'iam:PassRole is allowed on every role by NotAction',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    messages: {
      action:
        'NotAction does not exclude iam:PassRole, which is allowed on {resource}, without StringEquals or StringLike on iam:PassedToService to limit the services.',
      resource: '{resource} lets iam:PassRole pass any role to any service.',
    },
  },
  create: (context) =>
    roleGrantVisitor(
      { action: 'iam:PassRole', key: 'iam:passedtoservice', by: 'NotAction', on: 'star' },
      context,
    ),
});
