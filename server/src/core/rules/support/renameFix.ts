import { renameKey, replaceString } from '../../lint/edits';
import type { Fix } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import type { MemberNode, StringNode } from '../../syntax/nodes';

/**
 * What somebody meant who wrote a word that is none of the possible ones: the same but for case and blanks, or the
 * nearest. `undefined` where nothing is near.
 */
export function meantBy(word: string, possible: readonly string[]): string | undefined {
  const folded = word.trim().toLowerCase();
  return possible.find((candidate) => candidate.toLowerCase() === folded) ?? nearest(word.trim(), possible);
}

/** A suggestion, since what was refused before takes effect afterwards. */
export function renameKeyFix(member: MemberNode, name: string): Fix {
  return { title: `Change to ${name}`, kind: 'suggestion', edits: () => [renameKey(member, name)] };
}

/** A suggestion, since what was refused before takes effect afterwards. */
export function replaceStringFix(node: StringNode, text: string): Fix {
  return { title: `Change to "${text}"`, kind: 'suggestion', edits: () => [replaceString(node, text)] };
}
