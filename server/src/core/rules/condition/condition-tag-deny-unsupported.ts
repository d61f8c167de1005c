import { defineRule } from '../../lint/rule';
import { unsupportedTagVisitor } from '../support/tagConditions';

/** Service Authorization Reference: which actions know aws:ResourceTag/${TagKey}. */
export const rule = defineRule({
  meta: {
    id: 'condition-tag-deny-unsupported',
    category: 'security',
    summary: 'An action is denied with a tag condition that it does not support',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp'],
    accessAnalyzer: 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    messages: {
      action: '{action} does not support {key}, so this statement never denies it.',
      key: '{key} is not supported by some actions of {services}: these are never denied.',
    },
  },
  create: (context) => unsupportedTagVisitor(context, 'Deny'),
});
