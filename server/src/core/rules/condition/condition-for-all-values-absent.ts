import { defineRule } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { isNegative, isNull, moveKeyFix, operatorName } from '../support/conditions';

/**
 * IAM User Guide, "Set operators for multivalued context keys": ForAllValues holds when a request has no value, which is
 * dangerous in an Allow. That is left to the author where a request that asks for less is meant to pass, as with tags; keys
 * that say who calls are there so that not everybody passes.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-for-all-values-absent',
    category: 'security',
    summary: 'An Allow tests the caller with ForAllValues, which also holds without the key',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    sources: ['iam-condition-values', 'iam-federation-keys'],
    messages: {
      absent:
        'ForAllValues also holds for requests without {key}, so this Allow includes them: use ForAnyValue, or require a value with Null.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator, key }) => operator.qualifier === 'ForAllValues' && SAYS_WHO.test(key),
    condition: (condition) => {
      const { operator, key, member, statement } = condition;
      if (
        operator.traits !== undefined &&
        !isNegative(operator) &&
        !isNull(operator) &&
        !operator.ifExists &&
        statement.effect?.value === 'Allow' &&
        !statement.conditions.some((other) => demandsValue(other, key.value))
      ) {
        context.report({
          message: 'absent',
          at: member,
          data: { key: key.value },
          fixes: moveKeyFix(condition, operatorName(operator, { qualifier: 'ForAnyValue' })),
        });
      }
    },
  }),
});

/** Multivalued keys about the caller: its organization, the services on its way, how it signed in. */
const SAYS_WHO =
  /^aws:(?:calledvia|principalorgpaths|principalservicenameslist|sourceorgpaths|vpceorgpaths)$|^cognito-identity[\w-]*\.amazonaws\.com(?:\.cn)?:amr$/i;

/** Whether another condition on the key fails where there is no value. */
function demandsValue({ operator, key, values }: Condition, name: string): boolean {
  return (
    key.value.toLowerCase() === name.toLowerCase() &&
    (isNull(operator)
      ? values.length > 0 && values.every(({ text }) => text.toLowerCase() === 'false')
      : operator.qualifier === 'ForAnyValue' && !operator.ifExists && !isNegative(operator))
  );
}
