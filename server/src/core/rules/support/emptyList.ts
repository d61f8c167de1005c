import type { MemberNode } from '../../syntax/nodes';

/** Whether a member's value is a list with nothing in it, and nobody is still typing. */
export function isEmptyList({ value }: MemberNode): boolean {
  return value?.kind === 'array' && value.closed && value.items.length === 0;
}
