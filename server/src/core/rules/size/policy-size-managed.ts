import { IDENTITY_QUOTA, MANAGED_POLICY_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { reportSize, sizeOf, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "IAM and AWS STS quotas". Beyond the quota of all identities `policy-size-identity` speaks. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-managed',
    category: 'suggestion',
    summary: 'An identity policy is too long for a managed policy',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary'],
    sources: ['iam-quotas'],
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => {
      const size = sizeOf(policy, IDENTITY_QUOTA);
      if (size === undefined || size <= IDENTITY_QUOTA.characters) {
        reportSize(context, policy, MANAGED_POLICY_QUOTA);
      }
    },
  }),
});
