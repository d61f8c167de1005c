import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'pass-role-not-resource',
    category: 'security',
    summary: 'iam:PassRole is allowed with NotResource',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'PASS_ROLE_WITH_NOT_RESOURCE',
    messages: {
      action: '{action} is allowed with NotResource, on every role that it does not list.',
      resource: 'NotResource leaves all roles to iam:PassRole but those it lists.',
    },
  },
  create: (context) => roleGrantVisitor({ action: 'iam:PassRole', by: 'name', on: 'NotResource' }, context),
});
