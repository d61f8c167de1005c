import { UNTYPED_ARN_KEYS } from '../../iamData/overlay/untypedArnKeys';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { keyOf, moveKeyFix, operatorName } from '../support/conditions';
import { isOnlyWildcard } from '../support/onlyWildcard';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", ARN condition operators. */
export const rule = defineRule({
  meta: {
    id: 'condition-arn-string-like',
    category: 'security',
    summary: 'An ARN is compared by StringLike, whose wildcards cross its fields',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS',
    messages: {
      crosses:
        '{key} is an ARN: under {operator} a wildcard crosses its fields, under {better} it stays within one.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator: { traits } }) => traits?.family === 'String' && traits.wildcards,
    condition: (condition) => {
      const { operator, member, values } = condition;
      const { traits } = operator;
      if (traits === undefined || values.every(({ text }) => isOnlyWildcard(text))) {
        return;
      }
      const known = keyOf(context, condition);
      if (known?.type === 'ARN' && !UNTYPED_ARN_KEYS.has(known.name.toLowerCase())) {
        const better = traits.negated ? 'ArnNotLike' : 'ArnLike';
        context.report({
          message: 'crosses',
          at: member,
          data: { key: known.name, operator: traits.name, better },
          fixes: arnFix(condition, better),
        });
      }
    },
  }),
});

/** Only what has all six fields can be compared field by field. */
function arnFix(condition: Condition, base: string): readonly Fix[] {
  return condition.values.every(({ text }) => /^arn:(?:[^:]*:){4}./.test(text))
    ? moveKeyFix(condition, operatorName(condition.operator, { base }))
    : [];
}
