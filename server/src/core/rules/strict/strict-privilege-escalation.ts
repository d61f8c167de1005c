import { ESCALATIONS } from '../../iamData/overlay/sensitiveActions';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Policy } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { quote } from '../support/quote';

/** Off by default: a policy of administrators is meant to allow this. */
export const rule = defineRule({
  meta: {
    id: 'strict-privilege-escalation',
    category: 'security',
    summary: 'A policy allows privilege escalation',
    since: '0.1.0',
    appliesTo: ['identity', 'session'],
    defaultOff: true,
    sources: ['iam-pass-role', 'guardduty-iam'],
    messages: {
      alone: '{text} allows privilege escalation, by {how}.',
      together: '{text}, together with {other}, allows privilege escalation, by {how}.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const allowed = allowedActions(policy);
      const reported = new Set<ActionEntry>();
      for (const { actions, how } of ESCALATIONS) {
        const granting = actions.map((action) => allowed.find(({ covers }) => covers(action))?.entry);
        const [entry, other] = granting;
        // One way up is enough to say of an entry.
        if (entry === undefined || granting.includes(undefined) || reported.has(entry)) {
          continue;
        }
        reported.add(entry);
        context.report({
          message: other === undefined || other === entry ? 'alone' : 'together',
          at: entry.node,
          data: { text: quote(entry.text), other: quote(other?.text ?? ''), how },
        });
      }
    },
  }),
});

interface Allowed {
  readonly entry: ActionEntry;
  readonly covers: (action: string) => boolean;
}

/** What is allowed without a condition: a permissions boundary or a tag that is demanded may well prevent the rest. */
function allowedActions(policy: Policy): readonly Allowed[] {
  return policy.statements
    .filter(
      (statement) =>
        statement.effect?.value === 'Allow' &&
        !statement.members.some((member) => member.name === 'Condition'),
    )
    .flatMap((statement) => statement.actions)
    .flatMap((element) => (element.negated ? [] : element.entries))
    .map((entry) => {
      const pattern = compilePattern(entry.text, { case: 'ignore' });
      return { entry, covers: (action) => matches(pattern, action.toLowerCase()) };
    });
}
