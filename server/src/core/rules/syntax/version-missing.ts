import { insertMemberBefore } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import { POLICY_ELEMENTS, standsAmong } from '../../locate/elements';
import type { Policy } from '../../model/policy';
import { isComplete } from '../support/known';
import { mayHoldVariables, namesPolicyVariables } from '../support/variables';

export const rule = defineRule({
  meta: {
    id: 'version-missing',
    category: 'warning',
    summary: 'The policy has no Version',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'MISSING_VERSION',
    messages: {
      missing: 'The policy has no Version, so AWS uses 2008-10-17, in which variables are plain text.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      if (
        !standsAmong(policy.members, POLICY_ELEMENTS, 'Version') &&
        !policy.kind.versionWritten &&
        !isLeftOut(policy) &&
        isComplete(policy.node)
      ) {
        context.report({ message: 'missing', at: policy.node, fixes: fixesOf(policy) });
      }
    },
  }),
});

/**
 * In YAML a policy of AWS SAM without a Version is the usual one: it is told only where the Version makes a difference. What
 * is JSON is told as ever.
 */
function isLeftOut({ kind, node }: Policy): boolean {
  return kind.versionOptional === true && node.source.syntax !== 'json' && !namesPolicyVariables(node);
}

/** The versions differ in what `${…}` means: where there is none, nothing changes. */
function fixesOf({ node, members }: Policy): readonly Fix[] {
  const [first] = members;
  return first === undefined
    ? []
    : [
        {
          title: 'Insert "Version": "2012-10-17"',
          kind: mayHoldVariables(node) ? 'suggestion' : 'safe',
          edits: () => [insertMemberBefore(first, 'Version', '2012-10-17')],
        },
      ];
}
