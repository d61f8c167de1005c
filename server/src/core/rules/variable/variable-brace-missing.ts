import { defineRule } from '../../lint/rule';
import { variableVisitor } from '../support/policyVariables';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'variable-brace-missing',
    category: 'error',
    summary: 'A variable is not closed',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_BRACE_IN_VARIABLE',
    messages: {
      open: 'The brace that closes the variable {text} is missing.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      const open = variables.find(({ closed }) => !closed);
      if (open !== undefined && context.policy.version === '2012-10-17') {
        const { from, to } = open;
        context.report({
          message: 'open',
          at: { node, from, to },
          data: { text: quote(node.value.slice(from, to)) },
        });
      }
    }),
});
