import { defineRule } from '../../lint/rule';
import { meantBy } from '../../locate/elements';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-boolean',
    category: 'warning',
    summary: 'A value under Bool or Null is neither true nor false',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'TYPE_MISMATCH_BOOLEAN',
    messages: {
      wrong: '{operator} compares with true or false, and {value} is neither.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Bool', 'Null'],
      isWrong: ({ text }) => !/^(?:true|false)$/i.test(text),
      meant: (text) => WORDS.get(text.trim().toLowerCase()) ?? meantBy(text, ['true', 'false']),
    }),
});

/** How other languages say it. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...['yes', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['no', 'off', '0'].map((word) => [word, 'false'] as const),
]);
