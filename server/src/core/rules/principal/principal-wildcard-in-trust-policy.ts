import { replaceValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';

/** The keyed form `{ "AWS": "*" }` is taken by IAM and not reported by Access Analyzer. */
export const rule = defineRule({
  meta: {
    id: 'principal-wildcard-in-trust-policy',
    category: 'error',
    summary: 'A trust policy names "*" without a type',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    messages: {
      wildcard: 'A trust policy cannot have "Principal": "*"; name the trusted principals.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text, element }) => {
      if (type === undefined && text === '*' && !element.negated) {
        context.report({
          message: 'wildcard',
          at: node,
          fixes: [
            {
              title: 'Trust every AWS principal, { "AWS": "*" }',
              kind: 'suggestion',
              edits: () => [replaceValue(node, { AWS: '*' })],
            },
          ],
        });
      }
    },
  }),
});
