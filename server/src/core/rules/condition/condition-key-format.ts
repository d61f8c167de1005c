import { defineRule } from '../../lint/rule';
import { isTemplateName } from '../support/conditions';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

/** IAM User Guide, "IAM JSON policy elements: Condition". A name may have further colons and slashes. */
export const rule = defineRule({
  meta: {
    id: 'condition-key-format',
    category: 'error',
    summary: 'A condition key is not of the form prefix:name',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_CONDITION_KEY_FORMAT',
    messages: {
      format: 'A condition key is a prefix, a colon and a name, as in aws:SourceIp; {key} is not.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => {
      const colon = key.indexOf(':');
      return colon <= 0 || colon === key.length - 1;
    },
    condition: ({ key, member }) => {
      if (isTemplateName(key.value)) {
        return;
      }
      const colon = key.value.indexOf(':');
      const global = context.iamData?.globalConditionKey(`aws:${key.value.slice(colon + 1)}`);
      context.report({
        message: 'format',
        at: member,
        data: { key: quote(key.value) },
        fixes:
          global === undefined || global.hasPlaceholder || !global.name.startsWith('aws:')
            ? []
            : [renameKeyFix(member, global.name)],
      });
    },
  }),
});
