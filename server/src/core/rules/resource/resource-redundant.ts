import { defineRule } from '../../lint/rule';
import { listed } from '../../pattern/covering';
import { noted } from '../../pattern/internedText';
import { reportRedundantEntries } from '../support/redundantEntries';

/** IAM User Guide, "Access Analyzer policy check reference": Redundant resource. */
export const rule = defineRule({
  meta: {
    id: 'resource-redundant',
    category: 'suggestion',
    summary: 'A resource is covered by another one of its list',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'REDUNDANT_RESOURCE',
    comparesTexts: true,
    messages: {
      covered: 'The resource {entry} adds nothing to {cover} in the same list.',
      repeated: 'The resource {entry} is already in the list.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member, entries }) => reportRedundantEntries(context, member, entries, listedOf),
  }),
});

const listedOf = noted(listed);
