import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-shorthand-misplaced',
    category: 'error',
    summary: 'The shorthand execute-api:/ is for resource policies',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-policy-examples'],
    codes: { slip: 'INVALID_ARN_PREFIX' },
    messages: {
      slip: '"{value}" without an ARN before it is expanded only in the resource policy of an API: here it matches nothing.',
    },
  },
  create: (context) => slipVisitor('shorthand-misplaced', context),
});
