import { removeMember } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { MemberNode } from '../../syntax/nodes';
import { isEmptyList } from '../support/emptyList';

export const rule = defineRule({
  meta: {
    id: 'principal-empty',
    category: 'suggestion',
    summary: 'A list of principals is empty',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'safe',
    accessAnalyzer: 'EMPTY_ARRAY_PRINCIPAL',
    messages: {
      empty: 'The list of {type} principals is empty.',
    },
  },
  create: (context) => ({
    principalElement: ({ member: { value } }) => {
      for (const member of value?.kind === 'object' ? value.members : []) {
        if (isEmptyList(member) && member.value !== undefined) {
          context.report({
            message: 'empty',
            at: member.value,
            data: { type: member.name },
            fixes: fixesOf(member),
          });
        }
      }
    },
  }),
});

/** Where another list is left, what the element says stays the same. */
function fixesOf(member: MemberNode): readonly Fix[] {
  return member.parent.members.length > 1
    ? [{ title: `Remove ${member.name}`, kind: 'safe', edits: () => removeMember(member) }]
    : [];
}
