import { replaceString } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { memberOf } from '../../syntax/nodes';
import { mayHoldVariables } from '../support/variables';

/** IAM User Guide, "IAM JSON policy elements: Version": variables need 2012-10-17, and AWS advises it throughout. */
export const rule = defineRule({
  meta: {
    id: 'version-old',
    category: 'suggestion',
    summary: 'The policy uses version 2008-10-17 of the policy language',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'trust'],
    fixable: 'safe',
    sources: ['iam-version'],
    messages: {
      old: 'Version 2008-10-17 does not support variables; 2012-10-17 is the current one.',
    },
  },
  create: (context) => ({
    policy: ({ node }) => {
      const version = memberOf(node, 'Version')?.value;
      if (version?.kind === 'string' && version.value === '2008-10-17') {
        context.report({
          message: 'old',
          at: version,
          fixes: [
            {
              title: 'Change to "2012-10-17"',
              kind: mayHoldVariables(node) ? 'suggestion' : 'safe',
              edits: () => [replaceString(version, '2012-10-17')],
            },
          ],
        });
      }
    },
  }),
});
