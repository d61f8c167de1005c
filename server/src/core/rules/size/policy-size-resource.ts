import { defineRule } from '../../lint/rule';
import { quotasOf, reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "Access Analyzer policy check reference": Policy size exceeds resource policy quota. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-resource',
    category: 'warning',
    summary: 'A resource policy exceeds the size quota of its resource',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint'],
    accessAnalyzer: 'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => reportSize(context, policy, quotasOf(policy)[0]),
  }),
});
