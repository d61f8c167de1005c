import { defineRule } from '../../lint/rule';
import { duplicateSidVisitor } from '../support/duplicateSids';

export const rule = defineRule({
  meta: {
    id: 'sid-duplicate-in-resource-policy',
    category: 'warning',
    summary: 'Two statements of a resource-based policy have the same Sid',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust', 'rcp'],
    fixable: 'safe',
    accessAnalyzer: 'UNIQUE_SIDS_RECOMMENDED',
    comparesTexts: true,
    messages: {
      duplicate: 'The Sid {sid} is also that of statement {number}.',
    },
  },
  create: (context) =>
    duplicateSidVisitor(context, ({ kind }) => !TOLERANT_TYPES.has(kind.resourceType ?? '')),
});

/** Amazon S3 and Amazon ECR store such policies as they are. */
const TOLERANT_TYPES: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'AWS::ECR::Repository']);
