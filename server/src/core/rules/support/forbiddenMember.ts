import { removeMember } from '../../lint/edits';
import type { Fix } from '../../lint/rule';
import type { MemberNode } from '../../syntax/nodes';

/** The fix for an element that has no place where it stands. A suggestion: without it the policy takes effect. */
export function removeMemberFix(member: MemberNode): Fix {
  return { title: `Remove ${member.name}`, kind: 'suggestion', edits: () => removeMember(member) };
}
