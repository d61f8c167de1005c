import { separateArns } from '../../arn/arn';
import { replaceItem, replaceValue } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { arnFaultsOf } from '../support/arnFaults';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'arn-several',
    category: 'error',
    summary: 'Several ARNs are in one string',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-resource'],
    messages: {
      fault: '{value} contains several ARNs and is compared as one: it matches nothing.',
    },
  },
  create: (context) => ({
    resource: (entry) => {
      if (arnFaultsOf(entry, context.iamData).some(({ kind }) => kind === 'several')) {
        const { node, text } = entry;
        context.report({ message: 'fault', at: node, data: { value: quote(text) }, fixes: [listFix(node)] });
      }
    },
  }),
});

function listFix(node: StringNode): Fix {
  const arns = separateArns(node.value);
  const { parent } = node;
  return {
    title: 'Make it a list',
    kind: 'suggestion',
    edits: () => [parent?.kind === 'array' ? replaceItem(parent, node, arns) : replaceValue(node, arns)],
  };
}
