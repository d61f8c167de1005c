import { defineRule } from '../../lint/rule';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-boolean',
    category: 'warning',
    summary: 'A value under Bool or Null is neither true nor false',
    since: '0.1.0',
    accessAnalyzer: 'TYPE_MISMATCH_BOOLEAN',
    messages: {
      wrong: '{operator} compares with true or false, and {value} is neither.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Bool', 'Null'],
      isWrong: ({ text }) => !/^(?:true|false)$/i.test(text),
    }),
});
