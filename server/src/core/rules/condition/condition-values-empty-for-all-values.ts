import { defineRule } from '../../lint/rule';
import { isNegative } from '../support/conditions';
import { emptyValuesVisitor } from '../support/emptyConditionValues';

export const rule = defineRule({
  meta: {
    id: 'condition-values-empty-for-all-values',
    category: 'suggestion',
    summary: 'A condition key under ForAllValues has an empty list of values',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    messages: {
      empty:
        'Under ForAllValues, an empty list for {key} means that the key must be absent, which Null says more clearly.',
      plain: '{key} has no values to compare with.',
    },
  },
  create: (context) =>
    emptyValuesVisitor(context, (operator) =>
      operator.qualifier !== 'ForAllValues' ? undefined : isNegative(operator) ? 'plain' : 'empty',
    ),
});
