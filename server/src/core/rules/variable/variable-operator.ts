import { defineRule } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { isPolicyVariable, mayHoldVariables, takesVariables, variablesOf } from '../support/policyVariables';

/**
 * IAM User Guide, "IAM policy elements: Variables and tags": variables stand under String and ARN operators. A newer
 * edition of the page on operators has them under Bool as well, which Access Analyzer does not follow.
 */
export const rule = defineRule({
  meta: {
    id: 'variable-operator',
    category: 'error',
    summary: 'A variable is used under an operator that does not support variables',
    since: '0.1.0',
    needs: 'iamData',
    accessAnalyzer: 'INVALID_VARIABLE_FOR_OPERATOR',
    messages: {
      operator: 'Only String and ARN operators support variables, so {operator} does not replace {variable}.',
    },
  },
  create: (context) => ({
    concerns: mayHoldVariables,
    condition: (condition) => {
      if (!isRefused(condition)) {
        return;
      }
      for (const { node, text } of condition.values) {
        const variable = variablesOf(text).find((found) => isPolicyVariable(found, context.iamData));
        if (variable !== undefined && node.kind === 'string') {
          const { from, to } = variable;
          context.report({
            message: 'operator',
            at: { node, from, to },
            data: { operator: condition.operator.node.value, variable: text.slice(from, to) },
          });
        }
      }
    },
  }),
});

/** Whether the operator takes no variables, in a policy that knows them. */
function isRefused(condition: Condition): boolean {
  return (
    condition.operator.traits !== undefined &&
    condition.statement.policy.version === '2012-10-17' &&
    !takesVariables(condition)
  );
}
