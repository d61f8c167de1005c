import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-region-partition',
    category: 'error',
    summary: 'The Region must belong to the partition',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['botocore-partitions'],
    codes: { mistake: 'INVALID_ARN_REGION' },
    messages: {
      mistake: '"{value}" is a Region of the partition {home}, not of {partition}.',
    },
  },
  create: (context) => mistakeVisitor('region-partition', context),
});
