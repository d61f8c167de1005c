import type { IamData } from '../../iamData/iamData';
import { type Meant, meantActions } from '../../iamData/meant';
import { DOCUMENTED_ACTIONS } from '../../iamData/overlay/documentedActions';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { compilePattern, hasWildcard, matches } from '../../pattern/pattern';
import { listed } from '../../wording';
import { actionFaultOf } from '../support/actionFormat';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { textMemo } from '../support/textMemo';

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
      spelling: '{service} has no action {name}; the nearest is {meant}.',
      owner: '{service} has no action {name}; {meant} is one.',
      name: '{service} has no action {name}; {meant} may be meant.',
      operation: '{name} is an operation of the API of {service}, not an action: AWS checks {meant} for it.',
      unknown: 'The service reference of {referenceDay} has no action {name} of {service}.',
      wildcard: 'No action of {service} in the service reference of {referenceDay} matches {name}.',
      empty: 'The action after the colon is missing.',
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
      if (known === undefined || isTemplateText(text) || actionFaultOf(entry.interned) !== undefined) {
        return;
      }
      const at = { node, from: text.length - name.length, to: text.length };
      const data = { service: known.prefix, name: quote(name) };
      if (name === '') {
        context.report({ message: 'empty', at: node });
      } else if (isDocumented(text)) {
        return;
      } else if (hasWildcard(name)) {
        if (!iamData.coversAnyAction(text)) {
          context.report({ message: 'wildcard', at, data });
        }
      } else {
        const meant = meantBy(text, iamData);
        context.report({
          message: meant?.by ?? 'unknown',
          at,
          data: { ...data, meant: meant === undefined ? '' : meantText(meant, known.prefix) },
          fixes: fixesOf(entry, meant, known.prefix),
        });
      }
    },
  }),
});

/** An action that is not known is met again with every keystroke, and all names of its service are laid beside it. */
const meantBy = textMemo((id: string, iamData: IamData): Meant | undefined => {
  const colon = id.indexOf(':');
  return meantActions(id.slice(0, colon).toLowerCase(), id.slice(colon + 1), iamData);
});

/** Whether a guide of AWS names the action, or one that the pattern matches. */
function isDocumented(text: string): boolean {
  const folded = text.toLowerCase();
  if (!hasWildcard(folded)) {
    return DOCUMENTED_ACTIONS.has(folded);
  }
  const pattern = compilePattern(folded);
  return [...DOCUMENTED_ACTIONS].some((id) => matches(pattern, id));
}

/** The name alone where it is the same service's and all that differs is its spelling. */
function meantText({ names, by }: Meant, service: string): string {
  const [first = ''] = names;
  return by === 'spelling' && first.startsWith(`${service}:`)
    ? quote(first.slice(service.length + 1))
    : listed(names.map(quote));
}

/** Several are not offered: which of them is meant is for a person to say. */
function fixesOf(
  { node, text, name }: ActionEntry,
  meant: Meant | undefined,
  service: string,
): readonly Fix[] {
  const [id, ...others] = meant?.names ?? [];
  if (id === undefined || others.length > 0) {
    return [];
  }
  // The service stays as it is written.
  const own = `${service}:`;
  const [from, wanted] = id.startsWith(own) ? [text.length - name.length, id.slice(own.length)] : [0, id];
  return [
    {
      title: `Change to "${wanted}"`,
      kind: 'suggestion',
      edits: () => [replaceValueSlice(node, from, text.length, wanted)],
    },
  ];
}
