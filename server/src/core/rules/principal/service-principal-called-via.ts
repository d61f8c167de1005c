import { isServicePrincipal, isSingleNamed } from '../../arn/servicePrincipal';
import { defineRule } from '../../lint/rule';
import { quote } from '../support/quote';

/**
 * Shown as a warning: ValidatePolicy says so (March 2026) of a policy that AWS itself has in force. Under StringLike,
 * and of aws:CalledViaLast, it said nothing.
 */
export const rule = defineRule({
  meta: {
    id: 'service-principal-called-via',
    category: 'error',
    severity: 'warning',
    summary: 'aws:CalledVia has more than one name before the suffix',
    since: '0.1.0',
    accessAnalyzer: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
    sources: ['iam-condition-keys'],
    messages: {
      several: '{key} has one name before the suffix, as in cloudformation.amazonaws.com, not {text}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator, key }) =>
      key.toLowerCase() === 'aws:calledvia' && /^String(Not)?Equals$/i.test(operator.base),
    condition: ({ key, values }) => {
      for (const { node, text } of values) {
        // What is no service principal at all is the concern of service-principal-format.
        if (isServicePrincipal(text) && !isSingleNamed(text)) {
          context.report({ message: 'several', at: node, data: { key: key.value, text: quote(text) } });
        }
      }
    },
  }),
});
