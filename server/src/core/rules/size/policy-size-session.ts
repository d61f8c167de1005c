import { IDENTITY_QUOTA, SESSION_POLICY_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { isLonger, reportSize, TOO_LONG } from '../support/policySize';

/**
 * AWS STS API Reference, "AssumeRole", parameter Policy. Beyond the quota of all identities `policy-size-identity`
 * speaks.
 */
export const rule = defineRule({
  meta: {
    id: 'policy-size-session',
    category: 'warning',
    summary: 'A session policy exceeds the size quota of AWS STS',
    since: '0.1.0',
    appliesTo: ['session'],
    sources: ['sts-assume-role'],
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => {
      if (!isLonger(policy, IDENTITY_QUOTA)) {
        reportSize(context, policy, SESSION_POLICY_QUOTA);
      }
    },
  }),
});
