import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-service-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'The ARN of a resource names a service that the service reference does not know',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE',
    messages: {
      called: '{value} is called {similar} in ARNs.',
      fault: 'There is no service {value} in the service reference of {referenceDay}.',
      similar: 'There is no service {value}; the nearest is {similar}.',
      empty: 'The service is missing.',
    },
  },
  create: (context) => arnFaultVisitor('service-unknown', context),
});
