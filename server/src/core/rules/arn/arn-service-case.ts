import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-service-case',
    category: 'error',
    summary: "The service of a resource's ARN is not in lower case",
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ARN_SERVICE_CASE',
    messages: {
      fault: 'ARNs are case-sensitive: write the service in lower case, not {value}.',
    },
  },
  create: (context) => arnFaultVisitor('service-case', context),
});
