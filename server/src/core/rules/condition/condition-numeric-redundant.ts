import { removeItems } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { hasAllValues } from '../support/conditions';
import { isNumber } from '../support/scalars';

/** Values of a key are alternatives: IAM User Guide, "Conditions with multiple context keys or values". */
export const rule = defineRule({
  meta: {
    id: 'condition-numeric-redundant',
    category: 'suggestion',
    summary: 'Only one of several numeric limits counts',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'REDUNDANT_CONDITION_VALUE_NUM',
    messages: {
      one: 'Under {operator} any one of the values is enough, so only {limit} counts.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) => COMPARISON.test(operator.traits?.name ?? ''),
    condition: (condition) => {
      const { operator, member, values } = condition;
      const name = operator.traits?.name ?? '';
      if (values.length < 2 || !hasAllValues(condition)) {
        return;
      }
      if (!values.every(({ text }) => isNumber(text))) {
        return;
      }
      const numbers = values.map(({ text }) => Number(text));
      const limit = numbers.reduce((a, b) => (name.includes('Less') ? Math.max(a, b) : Math.min(a, b)));
      context.report({
        message: 'one',
        at: member.value ?? member,
        data: { operator: name, limit },
        fixes: keepFix(condition, numbers.indexOf(limit)),
      });
    },
  }),
});

const COMPARISON = /^Numeric(?:Less|Greater)Than/;

function keepFix({ member: { value } }: Condition, kept: number): readonly Fix[] {
  return value?.kind === 'array'
    ? [
        {
          title: 'Remove the others',
          kind: 'safe',
          edits: () =>
            removeItems(
              value,
              [...value.items.keys()].filter((index) => index !== kept),
            ),
        },
      ]
    : [];
}
