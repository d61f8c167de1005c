import { defineRule } from '../../lint/rule';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

/**
 * "Each of the six colon-delimited components of the ARN is checked separately": IAM User Guide, "IAM JSON policy
 * elements: Condition operators", ARN condition operators.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-arn-incomplete',
    category: 'warning',
    summary: 'A value under an ARN operator has fewer than the six fields of an ARN',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-operators'],
    messages: {
      fields:
        '{operator} compares the six fields of an ARN one by one, and {value} has {count}: a wildcard does not replace the missing ones.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) => operator.traits?.family === 'Arn',
    condition: ({ operator, values }) => {
      for (const { node, text } of values) {
        const count = text.split(':', 6).length;
        if (text.startsWith('arn:') && count < 6 && !isTemplateText(text)) {
          context.report({
            message: 'fields',
            at: node,
            data: { operator: operator.traits?.name ?? '', value: quote(text), count },
            fixes:
              node.kind === 'string' && text.endsWith(':*')
                ? [replaceStringFix(node, text + ':*'.repeat(6 - count))]
                : [],
          });
        }
      }
    },
  }),
});
