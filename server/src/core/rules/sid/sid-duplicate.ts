import { defineRule } from '../../lint/rule';
import { duplicateSidVisitor } from '../support/duplicateSids';

/** IAM User Guide, "IAM JSON policy elements: Sid": unique within the policy. */
export const rule = defineRule({
  meta: {
    id: 'sid-duplicate',
    category: 'error',
    summary: 'Two statements have the same Sid',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'scp'],
    fixable: 'safe',
    accessAnalyzer: 'UNIQUE_SIDS_REQUIRED',
    comparesTexts: true,
    messages: {
      duplicate: 'The Sid {sid} is also that of statement {number}.',
    },
  },
  create: (context) => duplicateSidVisitor(context, () => true),
});
