import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-incomplete',
    category: 'error',
    summary: 'An execute-api ARN needs a method after the API ID and the stage',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    codes: { fields: 'MISSING_ARN_FIELD' },
    messages: {
      api: 'The ARN ends with the API ID "{value}": no request ARN does, so it matches nothing.',
      stage: 'The ARN ends with the stage "{value}": no request ARN does, so it matches nothing.',
      fields: 'The ARN has {count} of its six fields: no request ARN ends there, so it matches nothing.',
      noApi: 'There is no API ID before the stage.',
    },
  },
  create: (context) => mistakeVisitor('incomplete', context),
});
