import { defineRule } from '../../lint/rule';
import { audienceQualifierVisitor } from '../support/audience';

export const rule = defineRule({
  meta: {
    id: 'trust-audience-all-values',
    category: 'suggestion',
    summary: 'An audience is tested with ForAllValues, though a token has one',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'CONFIRM_AUDIENCE_CLAIM_TYPE',
    sources: ['iam-federation-keys'],
    messages: {
      single:
        'A token has one audience, and ForAllValues also holds for one without: {key} needs no qualifier.',
    },
  },
  create: (context) => audienceQualifierVisitor(context, 'ForAllValues'),
});
