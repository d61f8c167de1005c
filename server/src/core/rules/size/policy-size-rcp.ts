import { RCP_QUOTA } from '../../iamData/overlay/policyQuotas';
import { defineRule } from '../../lint/rule';
import { reportSize, TOO_LONG } from '../support/policySize';

/** IAM User Guide, "Access Analyzer policy check reference": Policy size exceeds RCP quota. */
export const rule = defineRule({
  meta: {
    id: 'policy-size-rcp',
    category: 'error',
    summary: 'A resource control policy exceeds the size quota of AWS Organizations',
    since: '0.1.0',
    appliesTo: ['rcp'],
    accessAnalyzer: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
    messages: { tooLong: TOO_LONG },
  },
  create: (context) => ({
    policy: (policy) => reportSize(context, policy, RCP_QUOTA),
  }),
});
