import { defineRule } from '../../lint/rule';
import { unsupportedTagVisitor } from '../support/tagConditions';

/** Service Authorization Reference: which actions know aws:ResourceTag/${TagKey}. */
export const rule = defineRule({
  meta: {
    id: 'condition-tag-allow-unsupported',
    category: 'suggestion',
    summary: 'An action is allowed with a tag condition that it does not support',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp'],
    accessAnalyzer: 'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    messages: {
      action: '{action} does not support {key}, so this statement never allows it.',
      key: '{key} is not supported by some actions of {services}: these are never allowed.',
    },
  },
  create: (context) => unsupportedTagVisitor(context, 'Allow'),
});
