import { SCP_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "Access Analyzer policy check reference": Policy size exceeds SCP quota. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-scp',
    category: 'error',
    summary: 'A service control policy exceeds the size quota of AWS Organizations',
    since: '0.1.0',
    appliesTo: ['scp'],
    accessAnalyzer: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => reportSize(context, policy, SCP_QUOTA),
  }),
});
