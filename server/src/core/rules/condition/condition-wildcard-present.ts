import { defineRule } from '../../lint/rule';
import { hasAllValues, moveKeyFix } from '../support/conditions';
import { isOnlyWildcard } from '../support/onlyWildcard';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", condition operator to check existence. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-present',
    category: 'suggestion',
    summary: 'A pattern that matches everything only tests whether the key is present',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EQUIVALENT_TO_NULL_FALSE',
    messages: {
      same: 'This only tests whether {key} is present, which Null with "false" says more clearly.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) =>
      operator.traits?.name === 'StringLike' && operator.qualifier === undefined && !operator.ifExists,
    condition: (condition) => {
      const { key, values } = condition;
      const [value] = values;
      if (
        value !== undefined &&
        values.length === 1 &&
        isOnlyWildcard(value.text) &&
        hasAllValues(condition)
      ) {
        context.report({
          message: 'same',
          at: value.node,
          data: { key: key.value },
          fixes: moveKeyFix(condition, 'Null', 'false'),
        });
      }
    },
  }),
});
