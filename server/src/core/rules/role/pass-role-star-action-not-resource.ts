import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'pass-role-star-action-not-resource',
    category: 'security',
    summary: 'iam:PassRole is allowed by a pattern, with NotResource',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
    messages: {
      action: '{action} covers iam:PassRole, which NotResource allows on every role except those it lists.',
      resource: 'NotResource allows iam:PassRole on every role except those it lists.',
    },
  },
  create: (context) =>
    roleGrantVisitor({ action: 'iam:PassRole', by: 'pattern', on: 'NotResource' }, context),
});
