import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-region-missing',
    category: 'error',
    severity: 'warning',
    summary: "The Region of a resource's ARN is empty, although such resources are in a Region",
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ARN_REGION',
    messages: {
      fault: 'The Region is missing: every {service} ARN that this could match has one.',
    },
  },
  create: (context) => arnFaultVisitor('region-missing', context),
});
