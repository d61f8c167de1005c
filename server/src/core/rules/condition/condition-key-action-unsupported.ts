import type { IamData } from '../../iamData/iamData';
import { COMPANION_PERMISSIONS, STRICT_KEY_SERVICES } from '../../iamData/overlay/strictKeyServices';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Condition, Statement } from '../../model/policy';
import { demandsKey, isNegative } from '../support/conditions';

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
      never: 'Requests for {action} never have {key}, so that the condition never holds for it.',
      always: 'Requests for {action} never have {key}, so that {operator} always holds for it.',
      within:
        'AWS does not list {key} for {action}, so that it may be missing where the permission is checked.',
      key: 'AWS does not list {key} for {actions}.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      for (const condition of statement.conditions) {
        const { key, member } = condition;
        const service = serviceOf(key.value, context.iamData);
        const outcome = outcomeOf(condition);
        if (service === undefined || outcome === undefined) {
          continue;
        }
        const without = actionsWithout(statement, condition, service, context.iamData);
        for (const { node, text } of without) {
          context.report({
            message: COMPANION_PERMISSIONS.has(text.toLowerCase()) ? 'within' : outcome,
            at: node,
            data: { action: text, key: key.value, operator: condition.operator.node.value },
          });
        }
        if (without.length > 0) {
          const actions = [...new Set(without.map(({ text }) => text))].join(', ');
          context.report({ message: 'key', at: member, data: { actions, key: key.value } });
        }
      }
    },
  }),
});

/** What becomes of a condition whose key is absent; `undefined` where that is asked for, or an answer to it given. */
function outcomeOf(condition: Condition): 'never' | 'always' | undefined {
  const { operator } = condition;
  return demandsKey(condition)
    ? 'never'
    : isNegative(operator) && !operator.ifExists && operator.qualifier === undefined
      ? 'always'
      : undefined;
}

/** The service whose key it is, if its table can be relied on. Issuers of identities have their keys from STS. */
function serviceOf(key: string, iamData: IamData | undefined): string | undefined {
  const prefix = key.slice(0, Math.max(key.indexOf(':'), 0)).toLowerCase();
  if (STRICT_KEY_SERVICES.has(prefix)) {
    return prefix;
  }
  return prefix !== 'aws' && iamData?.service(prefix) === undefined ? 'sts' : undefined;
}

/** The actions of the key's own service that do not have it. Those with wildcards may cover some that do. */
function actionsWithout(
  { actions }: Statement,
  { key }: Condition,
  service: string,
  iamData: IamData | undefined,
): readonly ActionEntry[] {
  const entries = actions.flatMap((element) =>
    element.negated ? [] : element.entries.filter((entry) => entry.service?.toLowerCase() === service),
  );
  const known = entries.length === 0 ? undefined : iamData?.conditionKey(key.value);
  return known === undefined
    ? []
    : entries.filter(({ text }) => {
        const action = iamData?.action(text);
        return (
          action !== undefined &&
          !isCheckedWithin(text, key.value) &&
          !action.supportedConditionKeys().some((supported) => supported.name === known.name)
        );
      });
}

/**
 * What only goes with a request of another action is checked with the keys of that request, which the tables do not say.
 * Of issuers' keys Access Analyzer reports it all the same.
 */
function isCheckedWithin(action: string, key: string): boolean {
  return COMPANION_PERMISSIONS.has(action.toLowerCase()) && /^(?:sts|saml):/i.test(key);
}
