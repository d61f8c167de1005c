import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
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
  const neighbours = new Set(
    element.entries.flatMap((entry) =>
      entry.service === undefined || isTemplateText(entry.service) ? [] : entry.service.toLowerCase(),
    ),
  );
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
