import { defineRule } from '../../lint/rule';
import { emptyValuesVisitor } from '../support/emptyConditionValues';

export const rule = defineRule({
  meta: {
    id: 'condition-values-empty',
    category: 'suggestion',
    summary: 'A condition key has an empty list of values',
    since: '0.1.0',
    accessAnalyzer: 'EMPTY_ARRAY_CONDITION',
    messages: {
      empty: '{key} has no values to compare with.',
    },
  },
  create: (context) =>
    emptyValuesVisitor(context, ({ qualifier, ifExists }) =>
      qualifier === undefined && !ifExists ? 'empty' : undefined,
    ),
});
