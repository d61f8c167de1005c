import { isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import { defineRule } from '../../lint/rule';
import { arnFaultVisitor, mayReachEnd } from '../support/arnFaults';

/**
 * IAM User Guide, "IAM ARNs", note on incomplete ARNs: in an identity-based policy the missing fields become `*`, and STS
 * refuses a session policy with one. What other policies make of it is not documented.
 */
export const rule = defineRule({
  meta: {
    id: 'arn-incomplete',
    category: 'error',
    severity: 'warning',
    refusedIn: ['session'],
    summary: "A resource's ARN has fewer than six fields",
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ARN_FIELD',
    sources: ['iam-identifiers'],
    messages: {
      fault: 'An ARN has six fields separated by colons, and {value} has {count}.',
      padded:
        'An ARN has six fields separated by colons, and {value} has {count}: IAM uses "*" for the others.',
      refused:
        'An ARN has six fields separated by colons, and {value} has {count}: AWS STS refuses a session policy with it.',
    },
  },
  create: (context) =>
    arnFaultVisitor('incomplete', context, ({ data }, { text }) => {
      switch (context.policy.kind.type) {
        case 'identity':
        case 'boundary':
          // Without a service it is no ARN, and nothing is said of such.
          return Number(data.count) < 3 ? 'fault' : 'padded';
        case 'session':
          return isExecuteApiMeant(text) ? undefined : 'refused';
        case 'resource':
        case 'endpoint':
          return mayReachEnd(text) ? 'fault' : undefined;
        default:
          return 'fault';
      }
    }),
});
