import { defineRule } from '../../lint/rule';
import type { MemberNode, StringNode } from '../../syntax/nodes';
import { isPolicyVariable, mayHoldVariables, variablesOf } from '../support/policyVariables';

/** IAM User Guide, "IAM policy elements: Variables and tags": in Resource and in the values of conditions. */
export const rule = defineRule({
  meta: {
    id: 'variable-element',
    category: 'error',
    summary: 'A variable is used where variables are not replaced',
    since: '0.1.0',
    needs: 'iamData',
    accessAnalyzer: 'VARIABLE_UNSUPPORTED_IN_ELEMENT',
    messages: {
      element:
        'Variables are replaced in resources and in condition values; in {element}, {variable} is plain text.',
    },
  },
  create: (context) => {
    const check = (node: StringNode, element: string): void => {
      if (!node.value.includes('${')) {
        return;
      }
      const variable = variablesOf(node.value).find((found) => isPolicyVariable(found, context.iamData));
      if (variable !== undefined) {
        const { from, to } = variable;
        context.report({
          message: 'element',
          at: { node, from, to },
          data: { element, variable: node.value.slice(from, to) },
        });
      }
    };
    const checkMembers = (members: readonly MemberNode[]): void => {
      for (const { key, value } of members) {
        if (PLAIN_ELEMENTS.has(key.value) && value?.kind === 'string') {
          check(value, key.value);
        }
      }
    };
    return {
      concerns: mayHoldVariables,
      policy: ({ members }) => checkMembers(members),
      statement: ({ members }) => checkMembers(members),
      action: ({ node, element }) => check(node, element.member.name),
      principal: ({ node, element }) => check(node, element.member.name),
      condition: ({ key }) => check(key, 'a condition key'),
    };
  },
});

const PLAIN_ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Sid', 'Effect']);
