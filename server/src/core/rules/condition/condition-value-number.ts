import { defineRule } from '../../lint/rule';
import { isNumber } from '../support/scalars';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-number',
    category: 'warning',
    summary: 'A value under a Numeric operator is not a number',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'TYPE_MISMATCH_NUMBER',
    messages: {
      wrong: '{operator} compares with a number, and {value} is not one.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Numeric'],
      isWrong: ({ text }) => !isNumber(text),
      meant: (text) => [text.trim()].find(isNumber),
    }),
});
