import type { IamData } from '../../iamData/iamData';
import { COMPANION_PERMISSIONS, STRICT_KEY_SERVICES } from '../../iamData/overlay/strictKeyServices';
import { defineRule } from '../../lint/rule';
import type { ActionEntry, Condition, Statement } from '../../model/policy';
import { listed } from '../../wording';
import { demandsKey, isNegative } from '../support/conditions';

/**
 * Shown as a warning: the table of a service may lack what the service does. What only goes with a request of another action
 * is checked with the keys of that request, which the tables do not say; AWS's guides print such trust policies.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-key-action-unsupported',
    category: 'error',
    severity: 'warning',
    summary: 'A condition tests a key that AWS does not list for the action',
    since: '0.1.0',
    needs: 'iamData',
    accessAnalyzer: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
    messages: {
      never:
        'The service reference of {referenceDay} does not list {key} for {actions}: in a request without it the condition does not hold.',
      always:
        'The service reference of {referenceDay} does not list {key} for {actions}: in a request without it {operator} holds.',
      action: 'The service reference of {referenceDay} does not list {key} for {action}.',
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
        if (without.length > 0) {
          context.report({
            message: outcome,
            at: member,
            data: { actions: listOf(without), key: key.value, operator: condition.operator.node.value },
            also: without.map(({ node, text }) => ({
              message: 'action',
              at: node,
              data: { action: text, key: key.value },
            })),
          });
        }
      }
    },
  }),
});

/** A message is one sentence: beyond a few it counts. */
const MOST_NAMED = 3;

function listOf(entries: readonly ActionEntry[]): string {
  return listed([...new Set(entries.map(({ text }) => text))], 'and', MOST_NAMED);
}

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
          !COMPANION_PERMISSIONS.has(text.toLowerCase()) &&
          !action.supportedConditionKeys().some((supported) => supported.name === known.name)
        );
      });
}
