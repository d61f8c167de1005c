import { defineRule } from '../../lint/rule';
import { isDate, isNumber } from '../support/scalars';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-date',
    category: 'warning',
    summary: 'A value under a Date operator is not a date',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'TYPE_MISMATCH_DATE',
    messages: {
      wrong: '{operator} compares with a date such as 2026-01-31T12:00:00Z, and {value} is not one.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Date'],
      isWrong: ({ text }) => !isDate(text) && !isNumber(text),
      meant: (text) => [rewritten(text)].find(isDate),
    }),
});

/** Year, month and day in this order have one reading, whatever stands between them; other orders have two. */
function rewritten(text: string): string {
  const [, year = '', month = '', day = '', time] =
    /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]+(\d\d:\d\d.*))?$/i.exec(text.trim()) ?? [];
  const date = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  return time === undefined ? date : `${date}T${time.replaceAll(' ', '')}`;
}
