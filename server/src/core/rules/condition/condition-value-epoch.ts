import { defineRule } from '../../lint/rule';
import { isNumber, isYear } from '../support/scalars';
import { wrongValuesVisitor } from '../support/wrongValues';

/** aws:EpochTime is left out: it is such a number. */
export const rule = defineRule({
  meta: {
    id: 'condition-value-epoch',
    category: 'warning',
    summary: 'A date is given in seconds since 1970',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_DATE_VALUE',
    messages: {
      wrong: '{value} is a date in seconds since 1970: write it as in 2026-01-31T12:00:00Z.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Date'],
      concerns: ({ key }) => key.value.toLowerCase() !== 'aws:epochtime',
      isWrong: ({ text }) => isNumber(text) && !isYear(text),
      meant: dateOfSeconds,
    }),
});

/** Nine or ten digits are seconds of 1973 to 2286; thirteen, which are milliseconds, are left alone. */
function dateOfSeconds(text: string): string | undefined {
  return /^\d{9,10}$/.test(text)
    ? new Date(Number(text) * 1000).toISOString().replace('.000Z', 'Z')
    : undefined;
}
