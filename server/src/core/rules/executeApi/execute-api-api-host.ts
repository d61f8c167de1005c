import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-api-host',
    category: 'error',
    summary: 'An ARN has the host name of the invoke URL in place of the API ID',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { url: 'INVALID_ARN_PREFIX' },
    messages: {
      mistake: '"{value}" is a host name: an execute-api ARN has the API ID alone.',
      url: 'This is an invoke URL: a policy names a request by its execute-api ARN.',
    },
  },
  create: (context) => mistakeVisitor('api-host', context),
});
