import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-region-unknown',
    category: 'error',
    summary: "The Region of a resource's ARN does not exist, or not in that partition",
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ARN_REGION',
    messages: {
      fault: 'There is no Region {value}.',
      partition: 'The Region {value} is in the partition {home}, not in {partition}.',
    },
  },
  create: (context) => arnFaultVisitor('region-unknown', context),
});
