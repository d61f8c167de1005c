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
      action: '{action} is allowed with NotResource, on every role that it does not list.',
      resource: 'NotResource leaves all roles to iam:CreateServiceLinkedRole but those it lists.',
    },
  },
  create: (context) =>
    roleGrantVisitor({ action: 'iam:CreateServiceLinkedRole', by: 'name', on: 'NotResource' }, context),
});
