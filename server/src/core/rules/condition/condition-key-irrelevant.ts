import { defineRule } from '../../lint/rule';

export const rule = defineRule({
  meta: {
    id: 'condition-key-irrelevant',
    category: 'suggestion',
    summary: 'A condition key has the same value in every request for the resource',
    since: '0.1.0',
    appliesTo: ['resource'],
    accessAnalyzer: 'IRRELEVANT_CONDITION_KEY_IN_POLICY',
    messages: {
      constant:
        '{key} is always the account of the resource that this policy is attached to; it belongs in identity-based policies.',
    },
  },
  create: (context) => ({
    condition: ({ key }) => {
      const keys = CONSTANT_KEYS.get(context.policy.kind.resourceType ?? '');
      if (keys?.has(key.value.toLowerCase())) {
        context.report({ message: 'constant', at: key, data: { key: key.value } });
      }
    },
  }),
});

/** By type of resource, in lower case. AWS names this key in its check's page and publishes no list. */
const CONSTANT_KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    'AWS::S3::AccessPoint',
    'AWS::S3::Bucket',
    'AWS::S3::MultiRegionAccessPoint',
    'AWS::S3ObjectLambda::AccessPoint',
  ].map((type) => [type, new Set(['s3:resourceaccount'])]),
);
