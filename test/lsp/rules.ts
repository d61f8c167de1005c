import { createLanguageService, type LanguageService } from '../../server/src/core/index';
import { defineRule } from '../../server/src/core/lint/rule';

/** Flags the action `*`, with a safe fix. */
const starRule = defineRule({
  meta: {
    id: 'test-star',
    category: 'security',
    summary: 'All actions',
    since: '0.1.0',
    fixable: 'safe',
    messages: { star: '"{text}" is every action' },
  },
  create: (context) => ({
    action: ({ node, text }) => {
      if (text === '*') {
        context.report({
          message: 'star',
          at: node,
          data: { text },
          fixes: [
            {
              title: 'Name one action',
              kind: 'safe',
              edits: () => [{ span: node.span, text: '"s3:GetObject"' }],
            },
          ],
        });
      }
    },
  }),
});

const throwingRule = defineRule({
  meta: { id: 'test-throws', category: 'error', summary: 'Throws', since: '0.1.0', messages: { never: '' } },
  create: () => ({
    action: () => {
      throw new TypeError('a rule went wrong');
    },
  }),
});

const syntaxRule = defineRule({
  meta: { id: 'json-syntax', category: 'error', summary: 'Syntax', since: '0.1.0', messages: { bad: 'bad' } },
  create: (context) => ({
    policy: ({ node }) => context.report({ message: 'bad', at: node }),
  }),
});

/** Flags each action together with the element that holds it. */
const pairRule = defineRule({
  meta: {
    id: 'test-pair',
    category: 'warning',
    summary: 'A pair',
    since: '0.1.0',
    messages: { first: 'The action', second: 'Its element' },
  },
  create: (context) => ({
    action: ({ node, element }) =>
      context.report({ message: 'first', at: node, also: [{ message: 'second', at: element.member }] }),
  }),
});

const rules = { pair: pairRule, star: starRule, throwing: throwingRule, syntax: syntaxRule };

/** A service with these rules only, and with whatever else a test replaces. */
export function serviceWith(
  names: readonly (keyof typeof rules)[],
  replaced: Partial<LanguageService> = {},
): () => LanguageService {
  return () => ({
    ...createLanguageService({ iamData: undefined, rules: names.map((name) => rules[name]) }),
    ...replaced,
  });
}

export const POLICY_URI = 'file:///policies/policy.json';

/** One policy that allows these actions on everything. */
export function policyText(...actions: readonly string[]): string {
  return `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": ${JSON.stringify(actions)}, "Resource": "*" }]
}
`;
}
