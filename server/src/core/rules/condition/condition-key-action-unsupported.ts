import { STRICT_KEY_SERVICES } from '../../iamData/overlay/strictKeyServices';
import type { Action, ConditionKey } from '../../iamData/types';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Condition, Statement } from '../../model/policy';
import { demandsKey, keyOf } from '../support/conditions';

/** Shown as a warning: the table of a service may lack what the service does. */
export const rule = defineRule({
  meta: {
    id: 'condition-key-action-unsupported',
    category: 'error',
    severity: 'warning',
    summary: 'A condition demands a key that requests for the action never have',
    since: '0.1.0',
    needs: 'iamData',
    accessAnalyzer: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
    messages: {
      action: 'Requests for {action} never have {key}, so that the condition never holds for it.',
      key: 'Requests for {actions} never have {key}.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      for (const condition of statement.conditions) {
        const { key } = condition;
        if (/^aws:/i.test(key.value) || !demandsKey(condition)) {
          continue;
        }
        const known = keyOf(context, condition);
        if (known === undefined || context.iamData?.globalConditionKey(key.value) !== undefined) {
          continue;
        }
        const without = actionsWithout(statement, condition, known, (id) => context.iamData?.action(id));
        for (const { node, text } of without) {
          context.report({ message: 'action', at: node, data: { action: text, key: key.value } });
        }
        if (without.length > 0) {
          const actions = [...new Set(without.map(({ text }) => text))].join(', ');
          context.report({ message: 'key', at: condition.member, data: { actions, key: key.value } });
        }
      }
    },
  }),
});

/** The actions of the key's own service that do not have it. Those with wildcards may cover some that do. */
function actionsWithout(
  { actions }: Statement,
  condition: Condition,
  known: ConditionKey,
  actionOf: (id: string) => Action | undefined,
): readonly ActionEntry[] {
  const prefix = condition.key.value.slice(0, condition.key.value.indexOf(':')).toLowerCase();
  return actions.flatMap(({ negated, entries }) =>
    negated
      ? []
      : entries.filter(({ text, service }) => {
          const owner = service?.toLowerCase() ?? '';
          if (!STRICT_KEY_SERVICES.has(owner) || (owner !== prefix && owner !== 'sts')) {
            return false;
          }
          const action = actionOf(text);
          return (
            action !== undefined &&
            !action.supportedConditionKeys().some((supported) => supported.name === known.name)
          );
        }),
  );
}
