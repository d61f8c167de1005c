import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-account-unexpected',
    category: 'error',
    summary: "A resource's ARN names an account, although such ARNs leave it empty",
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'ARN_ACCOUNT_NOT_ALLOWED',
    messages: {
      fault:
        '{service} ARNs of this kind have no account, and {value} is in its place: this matches nothing.',
    },
  },
  create: (context) => arnFaultVisitor('account-unexpected', context),
});
