import { IDENTITY_QUOTA, SESSION_POLICY_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { isLonger, reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "Access Analyzer policy check reference": Policy size exceeds identity policy quota. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-identity',
    category: 'warning',
    summary: 'An identity policy exceeds the size quota of every identity',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session'],
    accessAnalyzer: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => {
      if (isLonger(policy, IDENTITY_QUOTA)) {
        // Access Analyzer takes a session policy for one of an identity, but what it has to fit is far less.
        reportSize(context, policy, policy.kind.type === 'session' ? SESSION_POLICY_QUOTA : IDENTITY_QUOTA);
      }
    },
  }),
});
