import type { Condition, PrincipalElement, PrincipalEntry } from '../model/policy';
import { branchText, functionCall } from '../syntax/functions';
import { filledText, textNodeOf } from '../syntax/functionTexts';
import type { SyntaxNode } from '../syntax/nodes';

/** The text of an entry of a list, such that the same text stands for the same, whatever function of a template makes it. */
export function textOf({ node, text }: { readonly node: SyntaxNode; readonly text: string }): string {
  const call = node.kind === 'string' ? node.call : undefined;
  // What reads as more than is written is not made by the call alone.
  return call?.kind === 'object' && textNodeOf(call)?.value === text ? (filledText(call) ?? text) : text;
}

/** The same for entries that name the same: a text names somebody else under another type. */
export function principalOf(entry: PrincipalEntry): string {
  return `${entry.type?.value ?? 'AWS'} ${textOf(entry)}`;
}

/** The same with the branches of a template in which the entry stands: it is there only where they are taken. */
export function principalInBranch(entry: PrincipalEntry): string {
  const branch = branchText(entry.node, entry.element.member);
  return branch === '' ? principalOf(entry) : `${principalOf(entry)} ${branch}`;
}

/** Whether all that an element says of principals stands among its entries, and nothing that a template has yet to say. */
export function namesAll({ entries, member: { value } }: PrincipalElement): boolean {
  return (
    entries.length > 0 &&
    (value?.kind === 'string' ||
      (value?.kind === 'object' &&
        value.members.reduce((sum, member) => sum + countOf(member.value), 0) === entries.length))
  );
}

function countOf(value: SyntaxNode | undefined): number {
  return value?.kind === 'array' ? value.items.length : value?.kind === 'string' ? 1 : Number.NaN;
}

/** Whether all that a condition compares with stands among its values, and none of it in a branch of a template. */
export function comparesWithAll({ member: { value }, values }: Condition): boolean {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return values.length === nodes.length && !nodes.some((node) => functionCall(node)?.name === 'Fn::If');
}
