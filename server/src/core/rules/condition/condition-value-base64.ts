import { defineRule } from '../../lint/rule';
import { isBase64 } from '../support/scalars';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-base64',
    category: 'warning',
    summary: 'A value under BinaryEquals is not base64',
    since: '0.1.0',
    accessAnalyzer: 'TYPE_MISMATCH_STRING',
    messages: {
      wrong: '{operator} compares with text in base64, and {value} is not.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['Binary'],
      isWrong: ({ text }) => !isBase64(text),
    }),
});
