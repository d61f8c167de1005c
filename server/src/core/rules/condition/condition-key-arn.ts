import { defineRule } from '../../lint/rule';
import { isArnKey } from '../support/keyNames';
import { renameKeyFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'condition-key-arn',
    category: 'error',
    summary: 'The condition key aws:ARN is not supported',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'UNSUPPORTED_GLOBAL_CONDITION_KEY',
    messages: {
      unsupported:
        '{key} is not supported: aws:PrincipalArn is the caller, aws:SourceArn the resource for which a service calls.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => isArnKey(key),
    condition: ({ key, member }) => {
      context.report({
        message: 'unsupported',
        at: member,
        data: { key: key.value },
        fixes: [renameKeyFix(member, 'aws:PrincipalArn'), renameKeyFix(member, 'aws:SourceArn')],
      });
    },
  }),
});
