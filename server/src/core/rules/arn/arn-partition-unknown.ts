import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-partition-unknown',
    category: 'error',
    summary: "The partition of a resource's ARN does not exist",
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_PARTITION',
    messages: {
      fault: '{value} is not a partition of AWS.',
      empty: 'The partition is missing.',
    },
  },
  create: (context) => arnFaultVisitor('partition-unknown', context),
});
