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
      action: '{action} is allowed by NotResource on every role except those it lists.',
      resource: 'NotResource allows iam:PassRole on every role except those it lists.',
    },
  },
  create: (context) => roleGrantVisitor({ action: 'iam:PassRole', by: 'name', on: 'NotResource' }, context),
});
