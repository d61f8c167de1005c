import { replaceValueSlice } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { isPolicyVariable, type PolicyVariable, variableVisitor } from '../support/policyVariables';
import { quote } from '../support/quote';

/** The keys of tags may have blanks within, so that nothing is said about those. */
export const rule = defineRule({
  meta: {
    id: 'variable-space',
    category: 'error',
    summary: 'The name of a variable has a space',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'UNSUPPORTED_SPACE_IN_VARIABLE',
    messages: {
      blank: 'The name of a variable has no spaces, and {name} has.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      if (context.policy.version !== '2012-10-17') {
        return;
      }
      for (const variable of variables.filter(hasBlank)) {
        const { from, name } = variable;
        if (!variable.closed || !isPolicyVariable(variable, context.iamData)) {
          continue;
        }
        const at = { node, from: from + 2, to: from + 2 + name.length };
        context.report({
          message: 'blank',
          at,
          data: { name: quote(name) },
          fixes: [
            {
              title: 'Remove the spaces',
              kind: 'suggestion',
              edits: () => [replaceValueSlice(node, at.from, at.to, withoutBlanks(name))],
            },
          ],
        });
      }
    }),
});

function hasBlank({ name }: PolicyVariable): boolean {
  return /\s/.test(name) && name !== withoutBlanks(name);
}

function withoutBlanks(name: string): string {
  const [key = '', ...tag] = name.trim().split('/');
  return [key.replaceAll(/\s+/g, ''), ...tag].join('/');
}
