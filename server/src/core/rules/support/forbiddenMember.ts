import { removeMember, removeValue } from '../../lint/edits';
import type { Fix, RuleContext } from '../../lint/rule';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import { mayBeAbsent } from './known';

/** Reports an element that has no place where it stands, unless a template may leave it out. */
export function reportForbidden(context: RuleContext<'unsupported'>, member: MemberNode): void {
  if (!mayBeAbsent(member)) {
    context.report({
      message: 'unsupported',
      at: member,
      data: { name: member.name },
      fixes: [removeMemberFix(member)],
    });
  }
}

/** The fix for an element that has no place where it stands. A suggestion: without it the policy takes effect. */
export function removeMemberFix(member: MemberNode): Fix {
  return { title: `Remove ${member.name}`, kind: 'suggestion', edits: () => removeMember(member) };
}

/** The fix for an entry of a list that has no place there; none for the only one, which would leave an empty list. */
export function removeEntryFix(node: SyntaxNode): readonly Fix[] {
  const { parent } = node;
  return parent?.kind === 'array' && parent.items.length > 1
    ? [{ title: 'Remove the entry', kind: 'suggestion', edits: () => removeValue(node) }]
    : [];
}
