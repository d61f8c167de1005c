import { defineRule } from '../../lint/rule';
import { reportEmptyList } from '../support/emptyList';
import { IAM_POLICIES } from '../support/iamPolicies';

export const rule = defineRule({
  meta: {
    id: 'action-empty',
    category: 'suggestion',
    summary: 'A list of actions is empty',
    since: '0.1.0',
    fixable: 'suggestion',
    refusedIn: IAM_POLICIES,
    accessAnalyzer: 'EMPTY_ARRAY_ACTION',
    sources: ['iam-no-actions'],
    messages: {
      refused: '{element} is an empty list, and IAM refuses such a policy.',
      positive: 'The list of actions is empty, so the statement has no effect.',
      negated: 'The list of excluded actions is empty, so the statement applies to all actions.',
    },
  },
  create: (context) => ({
    actionElement: (element) => reportEmptyList(context, element),
  }),
});
