import { partitionById, partitions } from '../../arn/partitions';
import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import type { StringNode } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/**
 * AWS publishes no complete list of service principals, so only the form is looked at. What may have several labels
 * before the suffix was seen in answers of ValidatePolicy, March 2026.
 */
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
      single:
        '{key} holds a service with one name before its suffix, as in cloudformation.amazonaws.com, not {text}.',
      regional: '{key} holds service.region.amazonaws.com, as in s3.us-east-1.amazonaws.com, not {text}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      // A wildcard here is the concern of principal-wildcard.
      if (type?.value === 'Service' && !/[*?]/.test(text) && !isTemplateText(text) && !NAME.test(text)) {
        context.report({
          message: 'form',
          at: node,
          data: { text: quote(text) },
          fixes: fixesOf(node, text),
        });
      }
    },
    condition: (condition) => {
      const message = expectedFormOf(condition);
      for (const { node, text } of message === undefined ? [] : condition.values) {
        if (
          message !== undefined &&
          node.kind === 'string' &&
          !/[*?]/.test(text) &&
          !isTemplateText(text) &&
          !FORMS[message].test(text)
        ) {
          context.report({
            message: message === 'single' && !NAME.test(text) ? 'form' : message,
            at: node,
            data: { text: quote(text), key: condition.key.value },
            fixes: message === 'regional' ? [] : fixesOf(node, text),
          });
        }
      }
    },
  }),
});

type Form = 'form' | 'single' | 'regional';

/** How a key's values must look; `undefined` where nothing is known or a pattern may stand. */
function expectedFormOf({ operator, key }: Condition): Form | undefined {
  return /^String(Not)?Equals$/i.test(operator.base) ? KEYS.get(key.value.toLowerCase()) : undefined;
}

const KEYS: ReadonlyMap<string, Form> = new Map([
  ['aws:calledvia', 'single'],
  ['aws:calledviafirst', 'form'],
  ['aws:calledvialast', 'form'],
  ['aws:principalservicename', 'form'],
  ['iam:awsservicename', 'form'],
  ['iam:passedtoservice', 'form'],
  ['kms:viaservice', 'regional'],
]);

const SUFFIX = [...new Set(['amazon.com', ...partitions.map((partition) => partition.dnsSuffix)])]
  .map((suffix) => suffix.replaceAll('.', '\\.'))
  .join('|');
const NAME = new RegExp(`^[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(${SUFFIX})$`);
const FORMS: Readonly<Record<Form, RegExp>> = {
  form: NAME,
  single: new RegExp(`^[a-z0-9-]+\\.([a-z]+(-[a-z]+)+-\\d+\\.)?(${SUFFIX})$`),
  regional: new RegExp(`^([a-z0-9-]+\\.)+[a-z]+(-[a-z]+)+-\\d+\\.(${SUFFIX})$`),
};

function fixesOf(node: StringNode, text: string): readonly Fix[] {
  const lower = text.trim().toLowerCase();
  const suffix = partitionById('aws')?.dnsSuffix ?? '';
  const meant = [lower, `${lower}.${suffix}`].find((candidate) => NAME.test(candidate));
  // A single word may be anything, so only words that look like a service are completed.
  return meant === undefined || meant === text || (meant !== lower && !/^[a-z0-9-]+$/.test(lower))
    ? []
    : [
        {
          title: `Change to "${meant}"`,
          kind: 'suggestion',
          edits: () => [replaceString(node, meant)],
        },
      ];
}
