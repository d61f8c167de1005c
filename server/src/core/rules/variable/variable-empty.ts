import { defineRule } from '../../lint/rule';
import { variableVisitor } from '../support/policyVariables';

export const rule = defineRule({
  meta: {
    id: 'variable-empty',
    category: 'error',
    summary: 'A variable has no name',
    since: '0.1.0',
    accessAnalyzer: 'EMPTY_VARIABLE',
    messages: {
      empty: 'There is no name between the braces of this variable.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      for (const { from, to, closed, name, fallback } of variables) {
        if (
          closed &&
          name.trim() === '' &&
          fallback === undefined &&
          context.policy.version === '2012-10-17'
        ) {
          context.report({ message: 'empty', at: { node, from, to } });
        }
      }
    }),
});
