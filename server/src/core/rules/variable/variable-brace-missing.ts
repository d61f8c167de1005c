import type { IamData } from '../../iamData/iamData';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { variableVisitor } from '../support/policyVariables';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'variable-brace-missing',
    category: 'error',
    summary: 'A variable is not closed',
    since: '0.1.0',
    fixable: 'suggestion',
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
          fixes: closingFix(node, node.value.slice(from, to), from, context.iamData),
        });
      }
    }),
});

/** Behind the longest beginning that is the name of a key: `${aws:username/*` was meant as `${aws:username}/*`. */
function closingFix(
  node: StringNode,
  text: string,
  from: number,
  iamData: IamData | undefined,
): readonly Fix[] {
  const ends = [...text.slice(0, LONGEST).matchAll(/[^\w:]|$/g)]
    .map(({ index }) => index)
    .filter((end) => end > '${'.length);
  const end = ends.findLast((at) => iamData?.conditionKey(text.slice('${'.length, at)) !== undefined);
  return end === undefined
    ? []
    : [
        {
          title: `Close the variable as ${quote(`${text.slice(0, end)}}`)}`,
          kind: 'suggestion',
          edits: () => [replaceValueSlice(node, from + end, from + end, '}')],
        },
      ];
}

/** No key that is a variable has a name as long as this. */
const LONGEST = 200;
