import { COMPANION_KEYS } from '../../iamData/overlay/companionKeys';
import { defineRule } from '../../lint/rule';
import { conditionOn } from '../support/conditions';
import { ifUsed } from '../support/conditionUse';

export const rule = defineRule({
  meta: {
    id: 'condition-key-unpaired',
    category: 'security',
    summary: 'A condition key is weak without another beside it',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_PAIRED_CONDITION_KEYS',
    messages: {
      unpaired: '{key} says too little alone: add {companions} to the condition.',
      account: '{key} names no account here: add {companions} to the condition.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => [...COMPANION_KEYS.keys()].some((key) => keys.has(key)), {
      condition: (condition) => {
        const name = condition.key.value.toLowerCase();
        const companions = COMPANION_KEYS.get(name);
        if (companions === undefined || condition.operator.traits?.family === 'Null') {
          return;
        }
        const isSourceArn = name === 'aws:sourcearn';
        if (isSourceArn && !condition.values.some(({ text }) => namesNoAccount(text))) {
          return;
        }
        if (conditionOn(condition.statement, ...companions.map((key) => key.toLowerCase())) === undefined) {
          context.report({
            message: isSourceArn ? 'account' : 'unpaired',
            at: condition.member,
            data: { key: condition.key.value, companions: listOf(companions) },
          });
        }
      },
    }),
});

/** `arn:aws:s3:::bucket`; a wildcard in the place of the account is something else. */
function namesNoAccount(text: string): boolean {
  return /^arn:[^:]*:[^:]*:[^:]*::./.test(text);
}

function listOf(companions: readonly string[]): string {
  return companions.length === 1
    ? companions.join()
    : `${companions.slice(0, -1).join(', ')} or ${companions.at(-1)}`;
}
