import { isVarying } from '../../iamData/overlay/varyingKeys';
import { defineRule } from '../../lint/rule';
import { SET_QUALIFIERS } from '../../model/conditionOperators';
import { keyOf, moveKeyFix, operatorName } from '../support/conditions';

/**
 * IAM User Guide, "Set operators for multivalued context keys". Shown as a warning, since IAM takes the policy, and
 * policies of AWS's own have this mistake.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-qualifier-missing',
    category: 'error',
    severity: 'warning',
    summary: 'A multivalued key is compared without ForAnyValue or ForAllValues',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_QUALIFIER',
    messages: {
      missing: '{key} can have several values: use ForAnyValue or ForAllValues with {operator}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator: { traits, qualifier }, key }) =>
      traits !== undefined &&
      traits.family !== 'Null' &&
      qualifier === undefined &&
      context.iamData?.conditionKey(key)?.multivalued === true,
    condition: (condition) => {
      const { operator, member } = condition;
      const known = keyOf(context, condition);
      if (known !== undefined && !isVarying(known.name)) {
        context.report({
          message: 'missing',
          at: member,
          data: { key: known.name, operator: operator.traits?.name ?? '' },
          fixes: SET_QUALIFIERS.toReversed().flatMap((qualifier) =>
            moveKeyFix(condition, operatorName(operator, { qualifier })).map((fix) =>
              qualifier === 'ForAllValues' && !operator.ifExists
                ? { ...fix, title: `${fix.title}, which also holds where the key is absent` }
                : fix,
            ),
          ),
        });
      }
    },
  }),
});
