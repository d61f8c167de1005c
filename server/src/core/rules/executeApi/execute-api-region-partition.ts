import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-region-partition',
    category: 'error',
    summary: "The Region must be one of the partition's",
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['botocore-partitions'],
    codes: { slip: 'INVALID_ARN_REGION' },
    messages: {
      slip: '"{value}" is a Region of the partition {home}, not of {partition}.',
    },
  },
  create: (context) => slipVisitor('region-partition', context),
});
