import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-account-format',
    category: 'error',
    summary: "The account of a resource's ARN is not an account ID",
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ARN_ACCOUNT',
    messages: {
      fault: '{value} is not an account ID, which has twelve digits.',
    },
  },
  create: (context) => arnFaultVisitor('account-format', context),
});
