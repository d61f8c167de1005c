import { defineRule } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import { isTemplateName } from '../support/conditions';
import { isBareTagKey } from '../support/keyNames';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

/**
 * Shown as a warning: a key may be younger than the service reference. A prefix that no service has may be the issuer
 * of an identity provider, so nothing is said about it.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-key-unknown',
    category: 'error',
    severity: 'warning',
    summary: 'The service has no condition key of this name',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_SERVICE_CONDITION_KEY',
    messages: {
      unknown: 'The service reference of {referenceDay} has no condition key {key} of {service}.',
      similar: '{service} has no condition key {key}; the nearest is {similar}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => context.iamData?.conditionKey(key) === undefined,
    condition: ({ key, member }) => {
      const { iamData } = context;
      const name = key.value;
      const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
      if (iamData === undefined || name.length <= prefix.length + 1 || isTemplateName(name)) {
        return;
      }
      const service = iamData.service(prefix);
      if (service === undefined || isBareTagKey(name, iamData)) {
        return;
      }
      const names = service.conditionKeys().flatMap((known) => (known.hasPlaceholder ? [] : known.name));
      const similar = nearest(name, names);
      context.report({
        message: similar === undefined ? 'unknown' : 'similar',
        at: member,
        data: { service: service.prefix, key: quote(name), similar: similar ?? '' },
        fixes: similar === undefined ? [] : [renameKeyFix(member, similar)],
      });
    },
  }),
});
