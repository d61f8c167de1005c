import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-resource-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'The service has no resource whose ARN looks like this',
    since: '0.1.0',
    needs: 'iamData',
    accessAnalyzer: 'INVALID_ARN_RESOURCE',
    messages: {
      fault: 'No ARN format of {service} in the service reference of {referenceDay} fits {value}.',
    },
  },
  create: (context) => arnFaultVisitor('resource-unknown', context),
});
