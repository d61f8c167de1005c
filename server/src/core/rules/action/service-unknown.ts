import type { IamData } from '../../iamData/iamData';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { textMemo } from '../support/textMemo';
import { hasWildcard } from '../support/wildcards';

/** Shown as a warning: a service may be younger than the service reference. */
export const rule = defineRule({
  meta: {
    id: 'service-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'An action is of a service that the service reference does not know',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_IN_ACTION',
    messages: {
      similar: 'There is no service {service}; the nearest is {similar}.',
      unknown: 'There is no service {service} in the service reference.',
      empty: 'The service in front of the colon is missing.',
      wildcard: 'No service in the service reference matches {service}.',
    },
  },
  create: (context) => ({
    actionText: ({ node, text, service }) => {
      const { iamData } = context;
      if (
        iamData === undefined ||
        service === undefined ||
        iamData.service(service) !== undefined ||
        isTemplateText(text)
      ) {
        return;
      }
      const at = service === '' ? { node, from: 0, to: 1 } : { node, from: 0, to: service.length };
      if (service === '') {
        context.report({ message: 'empty', at });
      } else if (hasWildcard(service)) {
        if (!iamData.coversAnyAction(`${service}:*`)) {
          context.report({ message: 'wildcard', at, data: { service: quote(service) } });
        }
      } else {
        const similar = nearestService(service, iamData);
        context.report({
          message: similar === undefined ? 'unknown' : 'similar',
          at,
          data: { service: quote(service), similar: quote(similar ?? '') },
          fixes:
            similar === undefined
              ? []
              : [
                  {
                    title: `Change to "${similar}"`,
                    kind: 'suggestion',
                    edits: () => [replaceValueSlice(node, 0, service.length, similar)],
                  },
                ],
        });
      }
    },
  }),
});

const nearestService = textMemo((service: string, iamData: IamData): string | undefined => {
  const prefixes = iamData.services().map((entry) => entry.prefix);
  const trimmed = service.trim().toLowerCase();
  return prefixes.includes(trimmed) ? trimmed : nearest(trimmed, prefixes);
});
