import { defineRule } from '../../lint/rule';
import { mayBeAbsent } from '../support/known';

/** AWS Organizations User Guide, "RCP syntax". */
export const rule = defineRule({
  meta: {
    id: 'not-action-in-rcp',
    category: 'error',
    summary: 'A resource control policy has NotAction',
    since: '0.1.0',
    appliesTo: ['rcp'],
    accessAnalyzer: 'RCP_SYNTAX_ERROR_NOTACTION',
    messages: {
      unsupported: 'A resource control policy cannot have NotAction: name the actions it denies.',
    },
  },
  create: (context) => ({
    actionElement: ({ member, negated }) => {
      if (negated && !mayBeAbsent(member)) {
        context.report({ message: 'unsupported', at: member });
      }
    },
  }),
});
