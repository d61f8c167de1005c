import { removeValue } from '../../lint/edits';
import type { Fix } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import type { MemberNode } from '../../syntax/nodes';

/** Whether a member's value is a list with nothing in it, and nobody is still typing. */
export function isEmptyList({ value }: MemberNode): boolean {
  return value?.kind === 'array' && value.closed && value.items.length === 0;
}

/**
 * Takes out a statement that does nothing, unless it is the only one, which a policy needs. A suggestion, though nothing
 * changes: who has just begun the statement would lose it on saving.
 */
export function removeStatementFix({ node }: Statement): readonly Fix[] {
  return node.parent?.kind === 'array' && node.parent.items.length > 1
    ? [{ title: 'Remove the statement', kind: 'suggestion', edits: () => removeValue(node) }]
    : [];
}
