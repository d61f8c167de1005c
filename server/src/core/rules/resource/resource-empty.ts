import { defineRule } from '../../lint/rule';
import { reportEmptyList } from '../support/emptyList';
import { IAM_POLICIES } from '../support/iamPolicies';

export const rule = defineRule({
  meta: {
    id: 'resource-empty',
    category: 'suggestion',
    summary: 'A list of resources is empty',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp', 'rcp'],
    fixable: 'suggestion',
    refusedIn: IAM_POLICIES,
    accessAnalyzer: 'EMPTY_ARRAY_RESOURCE',
    sources: ['iam-no-resources'],
    messages: {
      refused: '{element} is an empty list, and IAM refuses such a policy.',
      positive: 'The list of resources is empty, so the statement has no effect.',
      negated: 'The list of excepted resources is empty, so the statement is about all resources.',
    },
  },
  create: (context) => ({
    resourceElement: (element) => reportEmptyList(context, element),
  }),
});
