import { defineRule } from '../../lint/rule';
import { emptyValuesVisitor } from '../support/emptyConditionValues';

export const rule = defineRule({
  meta: {
    id: 'condition-values-empty-if-exists',
    category: 'suggestion',
    summary: 'A condition key under …IfExists has an empty list of values',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EMPTY_ARRAY_CONDITION_IFEXISTS',
    messages: {
      empty:
        'Under IfExists, no values for {key} mean that the key must be absent, which Null says more clearly.',
    },
  },
  create: (context) =>
    emptyValuesVisitor(context, ({ qualifier, ifExists }) => qualifier === undefined && ifExists),
});
