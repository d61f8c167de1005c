import { IDENTITY_QUOTA, MANAGED_POLICY_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { isLonger, reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "IAM and AWS STS quotas". Beyond the quota of all identities `policy-size-identity` speaks. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-managed',
    category: 'suggestion',
    summary: 'An identity policy exceeds the size quota of a managed policy',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary'],
    sources: ['iam-quotas'],
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => {
      if (!isLonger(policy, IDENTITY_QUOTA)) {
        reportSize(context, policy, MANAGED_POLICY_QUOTA);
      }
    },
  }),
});
