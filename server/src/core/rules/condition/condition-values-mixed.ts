import { replaceValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { listed } from '../../wording';
import { hasAllValues } from '../support/conditions';

export const rule = defineRule({
  meta: {
    id: 'condition-values-mixed',
    category: 'error',
    summary: 'The values of a condition key are of different JSON types',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_CONDITION_DATA_TYPE',
    messages: {
      mixed: 'The values of {key} are of different types, {kinds}: use the same type for all of them.',
    },
  },
  create: (context) => ({
    condition: (condition) => {
      const { key, member, values } = condition;
      if (member.value?.kind !== 'array' || values.length < 2) {
        return;
      }
      const first = values[0]?.node.kind;
      if (values.some(({ node }) => node.kind !== first) && hasAllValues(condition)) {
        const kinds = new Set<string>(values.map(({ node }) => node.kind));
        const unquoted = values.filter(({ node }) => node.kind !== 'string');
        context.report({
          message: 'mixed',
          at: member.value,
          data: { key: key.value, kinds: listed([...kinds]) },
          fixes: [
            {
              title: 'Put all values in quotes',
              kind: 'suggestion',
              edits: () => unquoted.map(({ node, text }) => replaceValue(node, text)),
            },
          ],
        });
      }
    },
  }),
});
