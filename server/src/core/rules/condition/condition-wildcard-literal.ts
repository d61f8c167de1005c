import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { moveKeyFix, operatorName } from '../support/conditions';
import { quote } from '../support/quote';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", string condition operators. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-literal',
    category: 'warning',
    summary: 'A value has a wildcard that its operator treats as a plain character',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'WILDCARD_WITHOUT_LIKE_OPERATOR',
    messages: {
      literal: 'Under {operator}, {wildcard} in {value} is a plain character and not a wildcard.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator: { traits } }) => traits?.family === 'String' && !traits.wildcards,
    condition: (condition) => {
      const { operator, values } = condition;
      for (const { node, text } of values) {
        // What stands in braces is a variable, an escape, or a template's own business.
        const wildcard = /[*?]/.exec(text.replaceAll(/\$\{[^{}]*\}/g, ''))?.[0];
        if (wildcard !== undefined) {
          context.report({
            message: 'literal',
            at: node,
            data: { operator: operator.traits?.name ?? '', wildcard, value: quote(text) },
            fixes: likeFix(condition),
          });
        }
      }
    },
  }),
});

/** The operators that ignore case have no counterpart with wildcards. */
function likeFix(condition: Condition): readonly Fix[] {
  const name = condition.operator.traits?.name;
  const like =
    name === 'StringEquals' ? 'StringLike' : name === 'StringNotEquals' ? 'StringNotLike' : undefined;
  return like === undefined ? [] : moveKeyFix(condition, operatorName(condition.operator, { base: like }));
}
