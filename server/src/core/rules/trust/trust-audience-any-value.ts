import { defineRule } from '../../lint/rule';
import { audienceQualifierVisitor } from '../support/audience';

export const rule = defineRule({
  meta: {
    id: 'trust-audience-any-value',
    category: 'security',
    summary: 'An audience is tested with ForAnyValue, though a token has one',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE',
    sources: ['iam-federation-keys'],
    messages: {
      single: 'A token has one audience, so {key} needs no ForAnyValue.',
    },
  },
  create: (context) => audienceQualifierVisitor(context, 'ForAnyValue'),
});
