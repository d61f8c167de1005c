import { isRegional, isServicePrincipal } from '../../arn/servicePrincipal';
import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import type { StringNode } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { changeTypeFix, principalTypeOf } from '../support/principalType';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'service-principal-format',
    category: 'error',
    summary: 'A service principal is not written as one',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
    messages: {
      form: '{text} is not written as a service principal: service.amazonaws.com, in lower case.',
      type: '{text} is no service: it goes under {type}.',
      regional: '{key} holds service.region.amazonaws.com, as in s3.us-east-1.amazonaws.com, not {text}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      if (type?.value !== 'Service' || !isCertain(text)) {
        return;
      }
      const meant = principalTypeOf(text);
      if (meant !== undefined && !isServicePrincipal(text)) {
        context.report({
          message: 'type',
          at: node,
          data: { text: quote(text), type: meant },
          fixes: changeTypeFix(node, meant),
        });
      } else if (!isServicePrincipal(text)) {
        context.report({
          message: 'form',
          at: node,
          data: { text: quote(text) },
          fixes: fixesOf(node, text),
        });
      }
    },
    condition: (condition) => {
      const message = formOf(condition);
      if (message === undefined) {
        return;
      }
      for (const { node, text } of condition.values) {
        if (node.kind === 'string' && isCertain(text) && !FORMS[message](text)) {
          context.report({
            message,
            at: node,
            data: { text: quote(text), key: condition.key.value },
            fixes: message === 'form' ? fixesOf(node, text) : [],
          });
        }
      }
    },
  }),
});

/** Wildcards are the concern of principal-wildcard, or of an operator that cannot have them. */
function isCertain(text: string): boolean {
  return !/[*?]/.test(text) && !isTemplateText(text);
}

const FORMS = { form: isServicePrincipal, regional: isRegional } as const;

/** How a key's values must look; `undefined` where nothing is known or case does not count. */
function formOf({ operator, key }: Condition): keyof typeof FORMS | undefined {
  return /^String(Not)?(Equals|Like)$/i.test(operator.base) ? KEYS.get(key.value.toLowerCase()) : undefined;
}

const KEYS: ReadonlyMap<string, keyof typeof FORMS> = new Map([
  ['aws:calledvia', 'form'],
  ['aws:calledviafirst', 'form'],
  ['aws:calledvialast', 'form'],
  ['aws:principalservicename', 'form'],
  ['aws:principalservicenameslist', 'form'],
  ['iam:awsservicename', 'form'],
  ['iam:passedtoservice', 'form'],
  ['kms:viaservice', 'regional'],
]);

/** A word without a suffix is completed where it looks like a service. */
function fixesOf(node: StringNode, text: string): readonly Fix[] {
  const lower = text.trim().toLowerCase();
  const meant = /^[a-z0-9-]+$/.test(lower) ? `${lower}.amazonaws.com` : lower;
  return isServicePrincipal(meant)
    ? [
        {
          title: `Change to "${meant}"`,
          kind: 'suggestion',
          edits: () => [replaceString(node, meant)],
        },
      ]
    : [];
}
