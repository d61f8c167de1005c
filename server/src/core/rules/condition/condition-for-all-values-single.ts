import { isVarying } from '../../iamData/overlay/varyingKeys';
import { defineRule } from '../../lint/rule';
import { isNegative, keyOf, moveKeyFix, operatorName } from '../support/conditions';

/** IAM User Guide, "Single-valued vs. multivalued context keys". */
export const rule = defineRule({
  meta: {
    id: 'condition-for-all-values-single',
    category: 'security',
    summary: 'ForAllValues is used with a single-valued key',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
    messages: {
      single: '{key} has one value, so ForAllValues only makes the condition hold where the key is absent.',
      pointless: '{key} has one value, so ForAllValues adds nothing to {operator}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) =>
      operator.qualifier === 'ForAllValues' &&
      operator.traits !== undefined &&
      operator.traits.family !== 'Null',
    condition: (condition) => {
      const { operator, member } = condition;
      const known = keyOf(context, condition);
      if (known?.multivalued === false && !isVarying(known.name)) {
        const without = operatorName(operator, { qualifier: 'none' });
        context.report({
          message: isNegative(operator) || operator.ifExists ? 'pointless' : 'single',
          at: member,
          data: { key: condition.key.value, operator: without },
          fixes: moveKeyFix(condition, without),
        });
      }
    },
  }),
});
