import { VPCE_KEY_EXCEPTIONS, VPCE_KEY_SERVICES } from '../../iamData/overlay/vpceKeyServices';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Statement } from '../../model/policy';
import { ifUsed } from '../support/conditionUse';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'condition-key-service-limited',
    category: 'warning',
    summary: 'A condition key is used with services that do not supply it',
    since: '0.1.0',
    accessAnalyzer: 'USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES',
    messages: {
      service: 'Not all requests for {action} have {key}, which only some services supply.',
      notAction: 'NotAction covers services whose requests do not have {key}.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => [...VPCE_KEY_SERVICES.keys()].some((key) => keys.has(key)), {
      statement: (statement) => {
        for (const { key, member } of statement.conditions) {
          const services = VPCE_KEY_SERVICES.get(key.value.toLowerCase());
          if (services === undefined) {
            continue;
          }
          const outside = firstOutside(statement, services);
          if (statement.actions.some(({ negated }) => negated)) {
            context.report({ message: 'notAction', at: member, data: { key: key.value } });
          } else if (outside !== undefined) {
            const action = quote(outside.text);
            context.report({ message: 'service', at: member, data: { key: key.value, action } });
          }
        }
      },
    }),
});

function firstOutside({ actions }: Statement, services: ReadonlySet<string>): ActionEntry | undefined {
  return actions
    .flatMap(({ entries }) => entries)
    .find(
      ({ text, service }) =>
        !isTemplateText(text) &&
        (VPCE_KEY_EXCEPTIONS.has(text.toLowerCase()) ||
          (service === undefined ? /^\*+$/.test(text) : !services.has(service.toLowerCase()))),
    );
}
