import type { IamData } from '../../iamData/iamData';
import { type Meant, meantActions, meantServices } from '../../iamData/meant';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { hasWildcard } from '../../pattern/pattern';
import { listed } from '../../wording';
import { actionFaultOf } from '../support/actionFormat';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { textMemo } from '../support/textMemo';

/** Shown as a warning: a service may be younger than the service reference. */
export const rule = defineRule({
  meta: {
    id: 'service-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'An action has a service prefix that the service reference does not know',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_IN_ACTION',
    messages: {
      name: '{service} is called {meant} in actions.',
      spelling: 'There is no service {service}; the nearest is {meant}.',
      unknown: 'The service reference of {referenceDay} has no service {service}.',
      empty: 'The service before the colon is missing.',
    },
  },
  create: (context) => ({
    actionText: (entry) => {
      const { node, text, service, name } = entry;
      const { iamData } = context;
      if (
        iamData === undefined ||
        service === undefined ||
        iamData.service(service) !== undefined ||
        isTemplateText(text) ||
        actionFaultOf(entry.interned) !== undefined
      ) {
        return;
      }
      const at = service === '' ? { node, from: 0, to: 1 } : { node, from: 0, to: service.length };
      const data = { service: quote(service), name: quote(name) };
      if (service === '') {
        context.report({ message: 'empty', at });
      } else if (!hasWildcard(service)) {
        const meant = meantBy(text, iamData);
        context.report({
          message: meant?.by === 'name' || meant?.by === 'spelling' ? meant.by : 'unknown',
          at,
          data: { ...data, meant: listed(meant?.names.map(quote) ?? [], 'or') },
          fixes: fixesOf(entry, meant, iamData),
        });
      }
    },
  }),
});

const meantBy = textMemo((text: string, iamData: IamData): Meant | undefined => {
  const colon = text.indexOf(':');
  return meantServices(text.slice(0, colon), text.slice(colon + 1), iamData);
});

/** What is only an operation of the service's API is corrected with it, so that one fix is enough. */
function fixesOf(
  { node, text, service = '', name }: ActionEntry,
  meant: Meant | undefined,
  iamData: IamData,
): readonly Fix[] {
  const [prefix, ...others] = meant?.names ?? [];
  if (prefix === undefined || others.length > 0) {
    return [];
  }
  const isWhole = hasWildcard(name) || iamData.action(`${prefix}:${name}`) !== undefined;
  const [action, ...more] = isWhole ? [] : (meantActions(prefix, name, iamData)?.names ?? []);
  const [to, wanted] =
    action === undefined || more.length > 0 ? [service.length, prefix] : [text.length, action];
  return [
    {
      title: `Change to "${wanted}"`,
      kind: 'suggestion',
      edits: () => [replaceValueSlice(node, 0, to, wanted)],
    },
  ];
}
