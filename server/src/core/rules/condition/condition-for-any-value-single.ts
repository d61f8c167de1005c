import { isVarying } from '../../iamData/overlay/varyingKeys';
import { defineRule } from '../../lint/rule';
import { isNegative, isNull, keyOf, moveKeyFix, operatorName } from '../support/conditions';

/**
 * IAM User Guide, "Single-valued vs. multivalued context keys". Audiences in trust policies have the rule
 * trust-audience-any-value. AWS does not document what IfExists means for an absent key under ForAnyValue.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-for-any-value-single',
    category: 'suggestion',
    summary: 'ForAnyValue is used with a single-valued key',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    sources: ['iam-condition-values'],
    messages: {
      pointless: '{key} has one value, so ForAnyValue adds nothing to {operator}.',
      absent: '{key} has one value, and under ForAnyValue {operator} does not hold where the key is absent.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) =>
      operator.qualifier === 'ForAnyValue' &&
      operator.traits !== undefined &&
      !isNull(operator) &&
      !operator.ifExists,
    condition: (condition) => {
      const { operator, key, member } = condition;
      if (context.policy.kind.type === 'trust' && /:aud$/i.test(key.value)) {
        return;
      }
      const known = keyOf(context, condition);
      if (known?.multivalued === false && !isVarying(known.name)) {
        const without = operatorName(operator, { qualifier: 'none' });
        context.report({
          message: isNegative(operator) ? 'absent' : 'pointless',
          at: member,
          data: { key: key.value, operator: without },
          fixes: moveKeyFix(condition, without),
        });
      }
    },
  }),
});
