import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-shorthand-misplaced',
    category: 'error',
    summary: 'The shorthand execute-api:/ is for resource policies',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-policy-examples'],
    codes: { mistake: 'INVALID_ARN_PREFIX' },
    messages: {
      mistake:
        '"{value}" without an ARN before it is expanded only in the resource policy of an API: here it matches nothing.',
    },
  },
  create: (context) => mistakeVisitor('shorthand-misplaced', context),
});
