import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-account-format',
    category: 'error',
    summary: 'An execute-api ARN needs the twelve digits of the account that owns the API',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { mistake: 'INVALID_ARN_ACCOUNT', empty: 'MISSING_ARN_ACCOUNT' },
    messages: {
      mistake:
        '"{value}" is not an account ID: an execute-api ARN has the twelve digits of the account that owns the API.',
      empty: 'The account field is empty: an execute-api ARN always names the account that owns the API.',
    },
  },
  create: (context) => mistakeVisitor('account-format', context),
});
