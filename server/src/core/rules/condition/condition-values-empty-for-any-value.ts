import { defineRule } from '../../lint/rule';
import { emptyValuesVisitor } from '../support/emptyConditionValues';

export const rule = defineRule({
  meta: {
    id: 'condition-values-empty-for-any-value',
    category: 'suggestion',
    summary: 'A condition key under ForAnyValue has an empty list of values',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    messages: {
      empty: 'Under ForAnyValue, no values for {key} mean that the condition never holds.',
    },
  },
  create: (context) => emptyValuesVisitor(context, ({ qualifier }) => qualifier === 'ForAnyValue'),
});
