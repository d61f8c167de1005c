import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { PolicyTraits, PrincipalEntry } from '../../model/policy';
import { PRINCIPAL_TYPES } from '../support/elements';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/** IAM User Guide, "AWS JSON policy elements: Principal": no wildcard can match part of a name or an ARN. */
export const rule = defineRule({
  meta: {
    id: 'principal-wildcard',
    category: 'error',
    summary: 'A wildcard is part of a principal',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    sources: ['iam-principal'],
    messages: {
      part: 'A wildcard cannot replace a part of a principal: {text} names nobody.',
      type: 'A {type} principal cannot have a wildcard: {text} names nobody.',
    },
  },
  create: (context) => ({
    principal: (entry) => {
      const { type, node, text } = entry;
      const at = text.search(/[*?]/);
      // Of an unknown type another rule speaks.
      if (at < 0 || type === undefined || !PRINCIPAL_TYPES.includes(type.value) || isTemplateText(text)) {
        return;
      }
      if (
        text === '*' &&
        (type.value === 'AWS' || (type.value === 'Federated' && mayBeOfEndpoint(context.policy)))
      ) {
        return;
      }
      context.report({
        message: type.value === 'AWS' ? 'part' : 'type',
        at: { node, from: at, to: at + 1 },
        data: { text: quote(text), type: type.value },
        fixes: fixesOf(entry),
      });
    },
  }),
});

/**
 * In front of AWS STS callers have no identity yet but that of a provider, and the policy of the VPC endpoint says so.
 * AWS's data perimeter samples have it (`sts_endpoint_policy.json`).
 */
function mayBeOfEndpoint({ kind }: PolicyTraits): boolean {
  return kind.type === 'endpoint' || (kind.type === 'resource' && kind.resourceType === undefined);
}

/** Whoever writes a star for everything in an account means the account. */
function fixesOf({ node, text }: PrincipalEntry): readonly Fix[] {
  const [, account] = /^(arn:[^:*?]*:iam::\d{12}:)\*$/.exec(text) ?? [];
  return account === undefined
    ? []
    : [
        {
          title: 'Name the whole account',
          kind: 'suggestion',
          edits: () => [replaceString(node, `${account}root`)],
        },
      ];
}
