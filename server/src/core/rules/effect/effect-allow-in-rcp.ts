import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { hasMember } from '../support/known';
import { replaceStringFix } from '../support/renameFix';

/** AWS Organizations User Guide, "RCP syntax": Allow stands in the policy RCPFullAWSAccess of AWS alone. */
export const rule = defineRule({
  meta: {
    id: 'effect-allow-in-rcp',
    category: 'error',
    summary: 'A resource control policy allows something',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'RCP_SYNTAX_ERROR_ALLOW',
    messages: {
      allow: 'A resource control policy can only deny.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      const { effect } = statement;
      if (effect?.value === 'Allow' && !isFullAccess(statement)) {
        context.report({ message: 'allow', at: effect, fixes: [replaceStringFix(effect, 'Deny')] });
      }
    },
  }),
});

/** The one statement of RCPFullAWSAccess, which AWS attaches everywhere. */
function isFullAccess({ members, actions, resources, principals }: Statement): boolean {
  const everything = [...actions, ...resources, ...principals];
  return (
    actions.length === 1 &&
    resources.length === 1 &&
    everything.every(
      ({ negated, entries }) => !negated && entries.length === 1 && entries[0]?.text === '*',
    ) &&
    !hasMember(members, 'Condition')
  );
}
