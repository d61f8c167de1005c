import { isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import { defineRule } from '../../lint/rule';
import { arnFaultVisitor, mayReachEnd } from '../support/arnFaults';

/**
 * A resource is compared with the ARN of the request, which has six fields; only identity-based policies are filled up
 * (IAM User Guide, "IAM ARNs", note on incomplete ARNs). Those of execute-api have a rule of their own.
 */
export const rule = defineRule({
  meta: {
    id: 'arn-fields-missing',
    category: 'error',
    summary: 'An ARN ends before its sixth field',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ARN_FIELD',
    sources: ['iam-identifiers'],
    messages: {
      nothing: 'An ARN has six fields separated by colons, and {value} has {count}: it matches nothing.',
    },
  },
  create: (context) =>
    arnFaultVisitor('incomplete', context, (_, { text }) =>
      mayReachEnd(text) || isExecuteApiMeant(text) ? undefined : 'nothing',
    ),
});
