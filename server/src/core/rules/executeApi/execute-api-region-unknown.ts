import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-region-unknown',
    category: 'error',
    summary: 'The Region field must be a Region',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['botocore-partitions'],
    codes: { mistake: 'INVALID_ARN_REGION', empty: 'MISSING_ARN_REGION' },
    messages: {
      mistake: '"{value}" is not a Region.',
      empty: 'The Region field is empty: API Gateway is a regional service.',
      pattern: '"{value}" fits no Region of the partition.',
    },
  },
  create: (context) => mistakeVisitor('region-unknown', context),
});
