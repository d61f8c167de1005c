import { EVER_PRESENT_KEYS } from '../../iamData/overlay/callerKeys';
import { defineRule } from '../../lint/rule';
import { hasAllValues, moveKeyFix } from '../support/conditions';
import { isOnlyWildcard } from '../support/onlyWildcard';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", condition operator to check existence. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-absent',
    category: 'suggestion',
    summary: 'The negation of a pattern that matches everything only tests whether the key is absent',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EQUIVALENT_TO_NULL_TRUE',
    messages: {
      same: 'This only tests whether {key} is absent, which Null with "true" says more clearly.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator, key }) =>
      operator.traits?.name === 'StringNotLike' &&
      operator.qualifier === undefined &&
      !operator.ifExists &&
      !EVER_PRESENT_KEYS.has(key.toLowerCase()),
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
          fixes: moveKeyFix(condition, 'Null', 'true'),
        });
      }
    },
  }),
});
