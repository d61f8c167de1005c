import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-partition-unknown',
    category: 'error',
    summary: "The partition must be one of AWS's",
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-arns'],
    codes: { slip: 'INVALID_PARTITION' },
    messages: {
      slip: '"{value}" is not a partition of AWS.',
    },
  },
  create: (context) => slipVisitor('partition-unknown', context),
});
