import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-api-host',
    category: 'error',
    summary: 'The API id stands alone in an ARN, without the host name of the invoke URL',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { url: 'INVALID_ARN_PREFIX' },
    messages: {
      slip: '"{value}" is a host name: an execute-api ARN has the API id alone.',
      url: 'This is an invoke URL: a policy names a request by its execute-api ARN.',
    },
  },
  create: (context) => slipVisitor('api-host', context),
});
