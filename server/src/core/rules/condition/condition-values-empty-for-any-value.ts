import { defineRule } from '../../lint/rule';
import { isNegative } from '../support/conditions';
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
      empty: 'Under ForAnyValue, an empty list for {key} means that the condition never holds.',
      absent:
        'Under ForAnyValue with IfExists, an empty list for {key} means that the key must be absent, which Null says more clearly.',
      plain: '{key} has no values to compare with.',
    },
  },
  create: (context) =>
    emptyValuesVisitor(context, (operator) =>
      operator.qualifier !== 'ForAnyValue'
        ? undefined
        : isNegative(operator)
          ? 'plain'
          : operator.ifExists
            ? 'absent'
            : 'empty',
    ),
});
