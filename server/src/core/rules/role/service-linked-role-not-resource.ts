import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'service-linked-role-not-resource',
    category: 'warning',
    summary: 'iam:CreateServiceLinkedRole is allowed with NotResource',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'CREATE_SLR_WITH_NOT_RESOURCE',
    messages: {
      action: '{action} is allowed by NotResource on every role except those it lists.',
      resource: 'NotResource allows iam:CreateServiceLinkedRole on every role except those it lists.',
    },
  },
  create: (context) =>
    roleGrantVisitor({ action: 'iam:CreateServiceLinkedRole', by: 'name', on: 'NotResource' }, context),
});
