import { TRUST_POLICY_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "Access Analyzer policy check reference": Policy size exceeds role trust policy quota. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-trust',
    category: 'warning',
    summary: 'A trust policy exceeds the default size quota of a role',
    since: '0.1.0',
    appliesTo: ['trust'],
    accessAnalyzer: 'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => reportSize(context, policy, TRUST_POLICY_QUOTA),
  }),
});
