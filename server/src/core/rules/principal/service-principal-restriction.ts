import { INFERIOR_SOURCE_KEYS, SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { areConditionsKnown, hasAllValues, isNull, usesKey } from '../support/conditions';
import { renameKeyFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'service-principal-restriction',
    category: 'suggestion',
    summary: 'A service is restricted by a key that does not identify the customer',
    since: '0.1.0',
    appliesTo: ['resource'],
    fixable: 'suggestion',
    accessAnalyzer: 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
    messages: {
      inferior:
        'aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths restrict a service better than {key}.',
    },
  },
  create: (context) => ({
    condition: (condition) => {
      const { operator, key, statement } = condition;
      if (
        INFERIOR_SOURCE_KEYS.has(key.value.toLowerCase()) &&
        !isNull(operator) &&
        statement.effect?.value === 'Allow' &&
        statement.principals.some(
          (element) => !element.negated && element.entries.some((entry) => entry.type?.value === 'Service'),
        ) &&
        areConditionsKnown(statement) &&
        !usesKey(statement, SOURCE_KEYS)
      ) {
        context.report({
          message: 'inferior',
          at: key,
          data: { key: key.value },
          fixes: accountFix(condition),
        });
      }
    },
  }),
});

/** An account under the old key is the account that the new one holds. */
function accountFix(condition: Condition): readonly Fix[] {
  return condition.values.length > 0 &&
    hasAllValues(condition) &&
    condition.values.every(({ text }) => /^\d{12}$/.test(text))
    ? [renameKeyFix(condition.member, 'aws:SourceAccount')]
    : [];
}
