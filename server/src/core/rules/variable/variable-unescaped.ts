import { replaceValueSlice } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { expressionsOf } from '../../syntax/stringSpans';
import { isPolicyVariable, variablesOf, variableVisitor } from '../support/policyVariables';

/**
 * Terraform and CloudFormation replace `${…}` themselves, and refuse what is no expression of theirs; a variable of IAM has to
 * be escaped. Terraform language, "Strings and Templates"; CloudFormation User Guide, "Fn::Sub".
 */
export const rule = defineRule({
  meta: {
    id: 'variable-unescaped',
    category: 'error',
    summary: 'A variable of IAM is not escaped where Terraform or CloudFormation replaces expressions',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    sources: ['terraform-strings', 'cloudformation-functions'],
    messages: {
      terraform:
        'Terraform reads {variable} as an expression of its own and refuses it: the variable of IAM is {escaped}.',
      cloudformation:
        'CloudFormation replaces {variable} in Fn::Sub and finds nothing of that name: the variable of IAM is {escaped}.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      const expressionOf = expressionsOf(node);
      if (expressionOf === undefined) {
        return;
      }
      for (const { from, to } of variables) {
        const expression = expressionOf(node.value.slice(from, to));
        const [variable] = variablesOf(expression?.text ?? '');
        if (expression !== undefined && variable?.closed && isPolicyVariable(variable, context.iamData)) {
          const { text, language } = expression;
          context.report({
            message: language,
            at: { node, from, to },
            data: { variable: text, escaped: node.encode(text) },
            fixes: [
              {
                title: `Change to ${node.encode(text)}`,
                kind: 'suggestion',
                edits: () => [replaceValueSlice(node, from, to, text)],
              },
            ],
          });
        }
      }
    }),
});
