import { replaceValueSlice } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { isPolicyVariable, variableVisitor } from '../support/policyVariables';
import { quote } from '../support/quote';

/** IAM User Guide, "IAM policy elements: Variables and tags", specifying default values. */
export const rule = defineRule({
  meta: {
    id: 'variable-quote-missing',
    category: 'error',
    summary: 'The default value of a variable is not in single quotes',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_QUOTE_IN_VARIABLE',
    messages: {
      bare: 'The default value of a variable is in single quotes, and {text} is not.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      for (const variable of variables) {
        const { from, to, closed, name, fallback } = variable;
        const value = fallback?.trim();
        if (
          value === undefined ||
          !closed ||
          /^'.*'$/s.test(value) ||
          context.policy.version !== '2012-10-17' ||
          !isPolicyVariable(variable, context.iamData)
        ) {
          continue;
        }
        const mended = `\${${name}, '${value.replaceAll("'", '')}'}`;
        context.report({
          message: 'bare',
          at: { node, from, to },
          data: { text: quote(value) },
          fixes: [
            {
              title: `Change to ${mended}`,
              kind: 'suggestion',
              edits: () => [replaceValueSlice(node, from, to, mended)],
            },
          ],
        });
      }
    }),
});
