import { defineRule } from '../../lint/rule';
import { readIpRange } from '../../model/ipRange';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'ip-range-host-bits',
    category: 'suggestion',
    summary: 'An address block does not begin at its first address',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'IMPROVE_IP_RANGE',
    messages: {
      bits: '{value} has bits set after its prefix; the block is {range}.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) => operator.traits?.family === 'IpAddress',
    condition: ({ values }) => {
      for (const { node, text } of values) {
        const range = node.kind === 'string' && !isTemplateText(text) ? readIpRange(text) : undefined;
        if (range?.hasHostBits === true && node.kind === 'string') {
          context.report({
            message: 'bits',
            at: node,
            data: { value: quote(text), range: range.canonical },
            fixes: [replaceStringFix(node, range.canonical)],
          });
        }
      }
    },
  }),
});
