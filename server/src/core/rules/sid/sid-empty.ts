import { removeMember } from '../../lint/edits';
import { defineRule } from '../../lint/rule';

export const rule = defineRule({
  meta: {
    id: 'sid-empty',
    category: 'suggestion',
    summary: 'A Sid is empty',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'EMPTY_SID_VALUE',
    messages: {
      empty: 'An empty Sid names nothing.',
    },
  },
  create: (context) => ({
    statement: ({ members }) => {
      for (const member of members) {
        if (member.name === 'Sid' && member.value?.kind === 'string' && member.value.value === '') {
          context.report({
            message: 'empty',
            at: member.value,
            fixes: [{ title: 'Remove Sid', kind: 'safe', edits: () => removeMember(member) }],
          });
        }
      }
    },
  }),
});
