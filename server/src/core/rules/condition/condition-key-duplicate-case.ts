import { defineRule } from '../../lint/rule';
import type { ObjectNode } from '../../syntax/nodes';
import { quote } from '../support/quote';

/** Keys are compared without regard to case: IAM User Guide, "AWS global condition context keys". */
export const rule = defineRule({
  meta: {
    id: 'condition-key-duplicate-case',
    category: 'error',
    summary: 'A condition key occurs twice under one operator, in different case',
    since: '0.1.0',
    accessAnalyzer: 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE',
    messages: {
      twice: '{key} is the same key as {other}, because condition keys are not case-sensitive.',
    },
  },
  create: (context) => ({
    condition: ({ key, member }) => {
      const { members } = member.parent;
      if (members.length === 1) {
        return;
      }
      const other = firstSpellings(member.parent).get(key.value.toLowerCase());
      if (other !== undefined && other !== key.value) {
        context.report({
          message: 'twice',
          at: member,
          data: { key: quote(key.value), other: quote(other) },
        });
      }
    },
  }),
});

const spellings = new WeakMap<ObjectNode, ReadonlyMap<string, string>>();

/** The keys of an object as each is spelt first, by their names in lower case; worked out once, since there may be many. */
function firstSpellings(object: ObjectNode): ReadonlyMap<string, string> {
  let found = spellings.get(object);
  if (found === undefined) {
    found = new Map(object.members.toReversed().map(({ key: { value } }) => [value.toLowerCase(), value]));
    spellings.set(object, found);
  }
  return found;
}
