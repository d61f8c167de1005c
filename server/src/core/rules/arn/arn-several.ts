import { separateArns } from '../../arn/arn';
import { defineRule, type Fix } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import { arnFaultsOf } from '../support/arnFaults';
import { quote } from '../support/quote';
import { severalTexts } from '../support/severalTexts';

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
        context.report({ message: 'fault', at: node, data: { value: quote(text) }, fixes: listFixes(entry) });
      }
    },
  }),
});

function listFixes(entry: ResourceEntry): readonly Fix[] {
  const edit = severalTexts(entry, separateArns(entry.node.value));
  return edit === undefined ? [] : [{ title: 'Make it a list', kind: 'suggestion', edits: () => [edit()] }];
}
