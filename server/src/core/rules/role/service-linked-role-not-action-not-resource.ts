import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'service-linked-role-not-action-not-resource',
    category: 'warning',
    summary: 'iam:CreateServiceLinkedRole is allowed by NotAction, with NotResource',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
    messages: {
      action:
        'NotAction does not exclude iam:CreateServiceLinkedRole, which NotResource allows on every role except those it lists.',
      resource: 'NotResource allows iam:CreateServiceLinkedRole on every role except those it lists.',
    },
  },
  create: (context) =>
    roleGrantVisitor(
      {
        action: 'iam:CreateServiceLinkedRole',
        by: 'NotAction',
        on: 'NotResource',
      },
      context,
    ),
});
