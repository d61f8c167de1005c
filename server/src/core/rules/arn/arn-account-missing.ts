import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-account-missing',
    category: 'error',
    severity: 'warning',
    summary: "The account of a resource's ARN is empty, although such resources belong to an account",
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ARN_ACCOUNT',
    messages: {
      fault: 'The account is missing: every {service} ARN that this could match has one.',
    },
  },
  create: (context) => arnFaultVisitor('account-missing', context),
});
