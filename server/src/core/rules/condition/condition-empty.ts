import { removeMember } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { MemberNode } from '../../syntax/nodes';

export const rule = defineRule({
  meta: {
    id: 'condition-empty',
    category: 'suggestion',
    summary: 'A Condition block is empty',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'EMPTY_OBJECT_CONDITION',
    messages: {
      empty: '{name} is empty and restricts nothing.',
    },
  },
  create: (context) => {
    const check = (member: MemberNode): void => {
      const { value } = member;
      if (value?.kind !== 'object') {
        return;
      }
      if (value.closed && value.members.length === 0) {
        context.report({
          message: 'empty',
          at: value,
          data: { name: member.name },
          fixes: [fixOf(member)],
        });
      }
    };
    return {
      statement: ({ members }) => {
        for (const member of members) {
          if (member.name === 'Condition') {
            check(member);
            if (member.value?.kind === 'object') {
              member.value.members.forEach(check);
            }
          }
        }
      },
    };
  },
});

/** What is left of a Condition without its only operator would be empty in turn. */
function fixOf(member: MemberNode): Fix {
  const holder = member.parent.parent;
  const removed =
    member.name !== 'Condition' && member.parent.members.length === 1 && holder?.kind === 'member'
      ? holder
      : member;
  return { title: `Remove ${removed.key.value}`, kind: 'safe', edits: () => removeMember(removed) };
}
