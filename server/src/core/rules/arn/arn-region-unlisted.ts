import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

/** Shown as a warning: AWS opens Regions without notice, and one may be younger than the list. */
export const rule = defineRule({
  meta: {
    id: 'arn-region-unlisted',
    category: 'error',
    severity: 'warning',
    summary: "The Region of a resource's ARN is not in the list of known Regions",
    since: '0.1.0',
    accessAnalyzer: 'INVALID_ARN_REGION',
    messages: {
      fault: 'No Region {value} was known in August 2026.',
    },
  },
  create: (context) => arnFaultVisitor('region-unlisted', context),
});
