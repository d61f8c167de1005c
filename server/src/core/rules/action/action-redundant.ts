import { defineRule } from '../../lint/rule';
import { listed } from '../../pattern/covering';
import { noted } from '../../pattern/internedText';
import { reportRedundantEntries } from '../support/redundantEntries';

/** IAM User Guide, "Access Analyzer policy check reference": Redundant action. IAM ignores the case of actions. */
export const rule = defineRule({
  meta: {
    id: 'action-redundant',
    category: 'suggestion',
    summary: 'An action is covered by another one of its list',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'REDUNDANT_ACTION',
    comparesTexts: true,
    messages: {
      covered: 'The action {entry} adds nothing to {cover} in the same list.',
      repeated: 'The action {entry} is already in the list.',
    },
  },
  create: (context) => ({
    actionElement: ({ member, entries }) => reportRedundantEntries(context, member, entries, foldedOf),
  }),
});

const foldedOf = noted((text) => listed(text.toLowerCase()));
