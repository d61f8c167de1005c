import { defineRule } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import { isTemplateName } from '../support/conditions';
import { isArnKey, isBareTagKey } from '../support/keyNames';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

/**
 * Shown as a warning: a key may be younger than the service reference. IAM User Guide, "AWS global condition context
 * keys".
 */
export const rule = defineRule({
  meta: {
    id: 'condition-key-global-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'There is no global condition key of this name',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_GLOBAL_CONDITION_KEY',
    messages: {
      unknown: 'The service reference of {referenceDay} has no global condition key {key}.',
      similar: 'There is no global condition key {key}; the nearest is {similar}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => /^aws:./i.test(key) && context.iamData?.conditionKey(key) === undefined,
    condition: ({ key, member }) => {
      const { iamData } = context;
      const name = key.value;
      if (iamData === undefined || isTemplateName(name) || isArnKey(name) || isBareTagKey(name, iamData)) {
        return;
      }
      const names = iamData
        .globalConditionKeys()
        .flatMap((known) => (known.hasPlaceholder ? [] : known.name));
      const similar = nearest(name, names);
      context.report({
        message: similar === undefined ? 'unknown' : 'similar',
        at: member,
        data: { key: quote(name), similar: similar ?? '' },
        fixes: similar === undefined ? [] : [renameKeyFix(member, similar)],
      });
    },
  }),
});
