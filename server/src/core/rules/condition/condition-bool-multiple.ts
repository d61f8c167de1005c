import { replaceValue } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { hasAllValues, isOfType, keyOf } from '../support/conditions';

export const rule = defineRule({
  meta: {
    id: 'condition-bool-multiple',
    category: 'error',
    summary: 'A Bool condition lists more than one value',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'safe',
    accessAnalyzer: 'INVALID_CONDITION_MULTIPLE_BOOLEAN',
    messages: {
      multiple: '{key} is either true or false, so Bool takes one value, not {count}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) => operator.traits?.family === 'Bool' && operator.qualifier === undefined,
    condition: (condition) => {
      const { key, member, values } = condition;
      if (values.length < 2) {
        return;
      }
      const known = keyOf(context, condition);
      if (known !== undefined && isOfType(known, 'Bool')) {
        context.report({
          message: 'multiple',
          at: member.value ?? member,
          data: { key: key.value, count: values.length },
          fixes: sameFix(condition),
        });
      }
    },
  }),
});

/** The same value several times is that value. */
function sameFix(condition: Condition): readonly Fix[] {
  const { value } = condition.member;
  const [first, ...others] = new Set(condition.values.map(({ text }) => text.toLowerCase()));
  return value === undefined ||
    (first !== 'true' && first !== 'false') ||
    others.length > 0 ||
    !hasAllValues(condition)
    ? []
    : [{ title: `Keep one "${first}"`, kind: 'safe', edits: () => [replaceValue(value, first)] }];
}
