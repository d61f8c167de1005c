import { defineRule } from '../../lint/rule';
import { notActionTagVisitor } from '../support/tagConditions';

/** Service Authorization Reference: which actions know aws:ResourceTag/${TagKey}. */
export const rule = defineRule({
  meta: {
    id: 'condition-tag-deny-not-action',
    category: 'security',
    summary: 'NotAction denies with a tag condition that many actions do not support',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp'],
    accessAnalyzer: 'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    messages: {
      notAction: 'Many of the actions that NotAction leaves do not support {key} and so are never denied.',
      key: '{key} is not supported by many of the actions that NotAction leaves: these are never denied.',
    },
  },
  create: (context) => notActionTagVisitor(context, 'Deny'),
});
