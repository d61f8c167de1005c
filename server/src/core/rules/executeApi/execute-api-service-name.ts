import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-service-name',
    category: 'error',
    summary: 'The service in the ARN of a request is execute-api',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { mistake: 'INVALID_SERVICE', case: 'INVALID_ARN_SERVICE_CASE' },
    messages: {
      case: '"{value}" should be "execute-api" in lower case: the service field is case-sensitive.',
      mistake: '"{value}" should be "execute-api": the service field is case-sensitive.',
    },
  },
  create: (context) => mistakeVisitor('service-name', context),
});
