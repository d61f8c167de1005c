import { defineRule } from '../../lint/rule';
import { isDate, isNumber } from '../support/scalars';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-date',
    category: 'warning',
    summary: 'A value under a Date operator is no date',
    since: '0.1.0',
    accessAnalyzer: 'TYPE_MISMATCH_DATE',
    messages: {
      wrong: '{operator} compares with a date such as 2026-01-31T12:00:00Z, and {value} is none.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Date'],
      isWrong: ({ text }) => !isDate(text) && !isNumber(text),
    }),
});
