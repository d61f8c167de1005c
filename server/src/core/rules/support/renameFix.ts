import { renameKey, replaceString } from '../../lint/edits';
import type { Fix } from '../../lint/rule';
import type { MemberNode, StringNode } from '../../syntax/nodes';

/** A suggestion, since what was refused before takes effect afterwards. */
export function renameKeyFix(member: MemberNode, name: string): Fix {
  return { title: `Change to ${name}`, kind: 'suggestion', edits: () => renameKey(member, name) };
}

/** A suggestion, since what was refused before takes effect afterwards. */
export function replaceStringFix(node: StringNode, text: string): Fix {
  return { title: `Change to "${text}"`, kind: 'suggestion', edits: () => [replaceString(node, text)] };
}
