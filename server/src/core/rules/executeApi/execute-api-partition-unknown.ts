import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-partition-unknown',
    category: 'error',
    summary: 'The partition must be an AWS partition',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-arns'],
    codes: { mistake: 'INVALID_PARTITION' },
    messages: {
      mistake: '"{value}" is not a partition of AWS.',
    },
  },
  create: (context) => mistakeVisitor('partition-unknown', context),
});
