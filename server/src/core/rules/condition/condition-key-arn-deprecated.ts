import { defineRule } from '../../lint/rule';
import { isArnKey } from '../support/keyNames';
import { renameKeyFix } from '../support/renameFix';

/** Access Analyzer lists aws:ARN twice, once as unsupported and once as deprecated; one finding is enough. */
export const rule = defineRule({
  meta: {
    id: 'condition-key-arn-deprecated',
    category: 'warning',
    summary: 'The condition key aws:ARN is deprecated',
    since: '0.1.0',
    defaultOff: true,
    fixable: 'suggestion',
    accessAnalyzer: 'DEPRECATED_GLOBAL_CONDITION_KEY',
    messages: {
      deprecated: '{key} is deprecated in favour of aws:PrincipalArn.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => isArnKey(key),
    condition: ({ key, member }) => {
      context.report({
        message: 'deprecated',
        at: member,
        data: { key: key.value },
        fixes: [renameKeyFix(member, 'aws:PrincipalArn')],
      });
    },
  }),
});
