import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionElement, ActionEntry } from '../../model/policy';
import { rememberOf } from '../../pattern/memo';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'action-prefix-missing',
    category: 'error',
    summary: 'An action has no service prefix',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_IN_ACTION',
    messages: {
      missing: '{text} has no service prefix and colon, as in "s3:GetObject".',
      empty: 'An action is empty.',
    },
  },
  create: (context) => ({
    actionText: (entry) => {
      const { node, text, service } = entry;
      if (service === undefined && !/^\*+$/.test(text) && !isTemplateText(text)) {
        context.report({
          message: text.trim() === '' ? 'empty' : 'missing',
          at: node,
          data: { text: quote(text) },
          fixes: fixesOf(entry),
        });
      }
    },
  }),
});

/** The service of the other actions in the list is the likeliest; otherwise a separator other than a colon is. */
function fixesOf({ node, text, element }: ActionEntry): readonly Fix[] {
  const [, service, name] = /^([a-z][a-z0-9-]*)[.;/ ]\s*([A-Za-z*?]+)$/.exec(text) ?? [];
  const neighbours = servicesIn(element);
  const [neighbour] = neighbours;
  const wanted =
    service !== undefined
      ? `${service}:${name}`
      : neighbours.size === 1 && /^[A-Za-z*?]+$/.test(text)
        ? `${neighbour}:${text}`
        : undefined;
  return wanted === undefined
    ? []
    : [{ title: `Change to "${wanted}"`, kind: 'suggestion', edits: () => [replaceString(node, wanted)] }];
}

/** In lower case; what a template fills in is no name. Each action of a list may ask. */
const servicesIn = rememberOf(
  ({ entries }: ActionElement): ReadonlySet<string> =>
    new Set(
      entries.flatMap(({ service }) =>
        service === undefined || isTemplateText(service) ? [] : service.toLowerCase(),
      ),
    ),
);
