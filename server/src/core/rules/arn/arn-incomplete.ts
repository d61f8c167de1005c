import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-incomplete',
    category: 'error',
    severity: 'warning',
    summary: "A resource's ARN has fewer than six fields",
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ARN_FIELD',
    messages: {
      fault: 'An ARN has six fields separated by colons, and {value} has {count}.',
    },
  },
  create: (context) => arnFaultVisitor('incomplete', context),
});
