import type { IamData } from '../../iamData/iamData';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { nearest } from '../../pattern/nearest';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { textMemo } from '../support/textMemo';
import { hasWildcard } from '../support/wildcards';

/** Shown as a warning: an action may be younger than the service reference. */
export const rule = defineRule({
  meta: {
    id: 'action-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'The service has no action of this name, or none that matches the pattern',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ACTION',
    messages: {
      similar: '{service} has no action {name}; the nearest is {similar}.',
      moved: '{service} has no action {name}; {owner} has.',
      unknown: '{service} has no action {name} in the service reference.',
      wildcard: 'No action of {service} in the service reference matches {name}.',
      empty: 'The action behind the colon is missing.',
    },
  },
  create: (context) => ({
    actionText: (entry) => {
      const { node, text, service, name } = entry;
      const { iamData } = context;
      if (iamData === undefined || service === undefined || iamData.action(text) !== undefined) {
        return;
      }
      const known = iamData.service(service);
      if (known === undefined || isTemplateText(text)) {
        return;
      }
      const from = text.length - name.length;
      const data = { service: known.prefix, name: quote(name) };
      if (name === '') {
        context.report({ message: 'empty', at: node });
      } else if (hasWildcard(name)) {
        if (!iamData.coversAnyAction(text)) {
          context.report({ message: 'wildcard', at: { node, from, to: text.length }, data });
        }
      } else {
        const owner = ownerOf(iamData, known.prefix, name);
        const similar = known.action(name.trim())?.name ?? nearestAction(text, iamData);
        context.report({
          message: owner !== undefined ? 'moved' : similar !== undefined ? 'similar' : 'unknown',
          at: { node, from, to: text.length },
          data: { ...data, owner: owner ?? '', similar: quote(similar ?? '') },
          fixes: fixesOf(entry, owner, similar),
        });
      }
    },
  }),
});

/** An action that is not known is met again with every keystroke, and all names of its service are laid beside it. */
const nearestAction = textMemo((id: string, iamData: IamData): string | undefined => {
  const colon = id.indexOf(':');
  return nearest(id.slice(colon + 1), iamData.service(id.slice(0, colon))?.actionNames() ?? []);
});

/** Two services of one product, so that the one's action is looked for in the other. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ['apigateway', 'execute-api'],
  ['execute-api', 'apigateway'],
]);

function ownerOf(iamData: IamData, prefix: string, name: string): string | undefined {
  const twin = TWINS.get(prefix);
  return twin !== undefined && iamData.action(`${twin}:${name}`) !== undefined ? twin : undefined;
}

function fixesOf(
  { node, text, name }: ActionEntry,
  owner: string | undefined,
  similar: string | undefined,
): readonly Fix[] {
  const from = text.length - name.length;
  if (owner !== undefined) {
    return [
      {
        title: `Change to "${owner}:${name}"`,
        kind: 'suggestion',
        edits: () => [replaceValueSlice(node, 0, from - 1, owner)],
      },
    ];
  }
  return similar === undefined
    ? []
    : [
        {
          title: `Change to "${similar}"`,
          kind: 'suggestion',
          edits: () => [replaceValueSlice(node, from, text.length, similar)],
        },
      ];
}
