import { CALLER_KEYS } from '../../iamData/overlay/callerKeys';
import { defineRule } from '../../lint/rule';
import { ifUsed } from '../support/conditionUse';

export const rule = defineRule({
  meta: {
    id: 'condition-key-untrustworthy',
    category: 'security',
    summary: 'A condition relies on what the caller says of itself',
    since: '0.1.0',
    accessAnalyzer: 'UNTRUSTWORTHY_CONDITION_KEY',
    messages: {
      forged: '{key} is what the caller sends, and anybody can send anything.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => [...CALLER_KEYS].some((key) => keys.has(key)), {
      condition: ({ key, member }) => {
        if (CALLER_KEYS.has(key.value.toLowerCase())) {
          context.report({ message: 'forged', at: member, data: { key: key.value } });
        }
      },
    }),
});
