import { defineRule } from '../../lint/rule';
import { isBareTagKey } from '../support/keyNames';

/** IAM User Guide, "AWS global condition context keys": aws:RequestTag/tag-key and its like. */
export const rule = defineRule({
  meta: {
    id: 'condition-tag-key-missing',
    category: 'error',
    summary: 'A condition on a tag does not name the tag',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_TAG_KEY_IN_CONDITION',
    messages: {
      missing: '{key} needs a tag key after it, as in {key}/team.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => isBareTagKey(key, context.iamData),
    condition: ({ key, member }) => {
      context.report({ message: 'missing', at: member, data: { key: key.value.replace(/\/$/, '') } });
    },
  }),
});
