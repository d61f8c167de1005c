import { partitions } from '../../arn/partitions';
import { isRegional, isServicePrincipal } from '../../arn/servicePrincipal';
import { SERVICE_PRINCIPALS } from '../../iamData/overlay/servicePrincipals';
import { replaceString } from '../../lint/edits';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { changeTypeFix, principalTypeOf } from '../support/principalType';
import { quote } from '../support/quote';
import { principalFormOf } from '../support/servicePrincipals';

export const rule = defineRule({
  meta: {
    id: 'service-principal-format',
    category: 'error',
    summary: 'A service principal is malformed',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
    messages: {
      form: '{text} does not have the format of a service principal: service.amazonaws.com, in lower case.',
      ending: '{text} is not a service principal; {meant} is.',
      type: '{text} is not a service: it goes under {type}.',
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
      } else if (!isServicePrincipal(text) || endingMistaken(text) !== undefined) {
        context.report(reportOf(node, text));
      }
    },
    ifCondition: (name) => principalFormOf(name) !== undefined,
    condition: ({ operator, key, values }) => {
      const message = principalFormOf({ operator, key: key.value });
      for (const { node, text } of values) {
        if (node.kind !== 'string' || !isCertain(text)) {
          continue;
        }
        if (message === 'regional' && !isRegional(text)) {
          context.report({ message, at: node, data: { text: quote(text), key: key.value } });
        } else if (message === 'form' && (!isServicePrincipal(text) || endingMistaken(text) !== undefined)) {
          context.report(reportOf(node, text));
        }
      }
    },
  }),
});

/** Wildcards are the concern of principal-wildcard, or of an operator that cannot have them. */
function isCertain(text: string): boolean {
  return !/[*?]/.test(text) && !isTemplateText(text);
}

function reportOf(node: StringNode, text: string): Report<'ending' | 'form'> {
  const meant = isServicePrincipal(text) ? endingMistaken(text) : undefined;
  return {
    message: meant === undefined ? 'form' : 'ending',
    at: node,
    data: { text: quote(text), meant: meant ?? '' },
    fixes: fixesOf(node, text),
  };
}

/**
 * The principal that was meant by the name of a service with a wrong ending: `lambda.amazon.com`, `ec2.amazonaws.co`,
 * `sns.aws.com`. Only names that are known to be those of services. The few principals that end in amazon.com are not
 * AWS services.
 */
function endingMistaken(text: string): string | undefined {
  const [, name, end] = ENDING.exec(text.trim().toLowerCase()) ?? [];
  const meant = `${name}.amazonaws.com`;
  return end !== undefined &&
    SERVICES.has(meant) &&
    (!isServicePrincipal(text) || partitions.every(({ dnsSuffix }) => dnsSuffix !== end))
    ? meant
    : undefined;
}

const ENDING = /^(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)??)\.(a(?:ws|maz)[a-z.]*)\/?$/;

const SERVICES: ReadonlySet<string> = new Set(SERVICE_PRINCIPALS);

/** A word without an end is completed where it looks like a service. */
function fixesOf(node: StringNode, text: string): readonly Fix[] {
  const lower = text.trim().toLowerCase();
  const meant = endingMistaken(text) ?? (/^[a-z0-9-]+$/.test(lower) ? `${lower}.amazonaws.com` : lower);
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
