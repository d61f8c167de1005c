import { replaceValue } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { principalTypeOf } from '../support/principalType';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'principal-format',
    category: 'error',
    summary: 'A principal has no type',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_PRINCIPAL_FORMAT',
    messages: {
      bare: '{text} needs its type, as in { "AWS": … }; only "*" has none.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text, element }) => {
      if (type === undefined && text !== '*' && !isTemplateText(text) && element.member.value === node) {
        context.report({ message: 'bare', at: node, data: { text: quote(text) }, fixes: fixesOf(node) });
      }
    },
  }),
});

function fixesOf(node: StringNode): readonly Fix[] {
  const type = principalTypeOf(node.value);
  return type === undefined
    ? []
    : [
        {
          title: `Name its type, ${type}`,
          kind: 'suggestion',
          edits: () => [replaceValue(node, { [type]: node.value })],
        },
      ];
}
