import { defineRule } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { isComplete, isKnown } from '../support/known';

/**
 * AWS KMS Developer Guide, "Key policies", and PutKeyPolicy of its API Reference: by default AWS KMS refuses a policy
 * with which the caller could not change it again. No other policy helps if the key policy does not allow it.
 */
export const rule = defineRule({
  meta: {
    id: 'key-policy-lockout',
    category: 'warning',
    summary: 'A KMS key policy lets nobody change it',
    since: '0.1.0',
    appliesTo: ['resource'],
    sources: ['kms-key-policies'],
    messages: {
      lockout:
        'No statement allows kms:PutKeyPolicy: with this policy nobody can change the policy of the key.',
    },
  },
  create: (context) => ({
    concerns: ({ kind }) => kind.resourceType === 'AWS::KMS::Key' && kind.isGuess !== true,
    policy: (policy) => {
      const member = policy.node.held ?? policy.members.find(({ name }) => name === 'Statement');
      if (member !== undefined && isWhole(policy) && !policy.statements.some(mayAllowChange)) {
        context.report({ message: 'lockout', at: member });
      }
    },
  }),
});

/** Whether all statements can be seen, and there are some. */
function isWhole({ node, members, statements }: Policy): boolean {
  const value = (node.held ?? members.find(({ name }) => name === 'Statement'))?.value;
  return (
    statements.length > 0 &&
    statements.every((statement) => isComplete(statement.node)) &&
    (value?.kind === 'array' ? value.closed && value.items.length === statements.length : isKnown(value))
  );
}

/** Conditions may hold; what a template fills in may be the action. */
function mayAllowChange({ effect, actions }: Statement): boolean {
  return (
    effect?.value !== 'Deny' &&
    actions.some(({ negated, entries, member }) => {
      const covers = entries.some(({ text }) =>
        matches(compilePattern(text, { case: 'ignore' }), 'kms:putkeypolicy'),
      );
      const isWholeList =
        isKnown(member.value) &&
        (member.value.kind === 'array' ? member.value.items.length : 1) === entries.length &&
        entries.every(({ text }) => !text.includes('${'));
      return !isWholeList || (negated ? !covers : covers);
    })
  );
}
