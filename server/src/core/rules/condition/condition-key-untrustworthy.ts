import { CALLER_KEYS } from '../../iamData/overlay/callerKeys';
import { INFERIOR_SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';

/** What a service sends under such a key is no caller's choice; service-principal-restriction speaks of it. */
export const rule = defineRule({
  meta: {
    id: 'condition-key-untrustworthy',
    category: 'security',
    summary: 'A condition relies on a header that the caller can set to any value',
    since: '0.1.0',
    accessAnalyzer: 'UNTRUSTWORTHY_CONDITION_KEY',
    messages: {
      forged: '{key} is a request header, which the caller can set to any value.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => CALLER_KEYS.has(key.toLowerCase()),
    condition: ({ key, member, statement }) => {
      if (!(INFERIOR_SOURCE_KEYS.has(key.value.toLowerCase()) && speaksOfServicesOnly(statement))) {
        context.report({ message: 'forged', at: member, data: { key: key.value } });
      }
    },
  }),
});

function speaksOfServicesOnly({ principals }: Statement): boolean {
  const entries = principals.flatMap((element) => element.entries);
  return (
    entries.length > 0 && entries.every(({ type, element }) => type?.value === 'Service' && !element.negated)
  );
}
