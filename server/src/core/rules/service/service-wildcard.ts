import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { hasWildcard } from '../support/wildcards';

export const rule = defineRule({
  meta: {
    id: 'service-wildcard',
    category: 'suggestion',
    summary: 'The service of an action or of an ARN has a wildcard',
    since: '0.1.0',
    accessAnalyzer: 'WILDCARD_IN_SERVICE_NAME',
    messages: {
      action: '{value} covers every service whose name fits, those to come included.',
      fault: 'IAM takes no wildcard in the service of an ARN, and {value} has one.',
    },
  },
  create: (context) => ({
    ...arnFaultVisitor('service-wildcard', context),
    actionText: ({ node, text, service }) => {
      if (service !== undefined && hasWildcard(service) && !isTemplateText(text)) {
        context.report({
          message: 'action',
          at: { node, from: 0, to: service.length },
          data: { value: quote(service) },
        });
      }
    },
  }),
});
