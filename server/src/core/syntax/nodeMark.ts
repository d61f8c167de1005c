import type { MemberNode, SyntaxNode } from './nodes';

/**
 * What tells a node from others that say something else, wherever it stands: a few characters that follow from what is written
 * in it. What is long, or cannot be read, is told by its place.
 */
export function markOf(node: SyntaxNode | MemberNode): string {
  const parts: string[] = [];
  let room = LONGEST_MARKED;
  const add = (part: string): boolean => {
    parts.push(part);
    room -= part.length;
    return room > 0;
  };
  const read = (each: SyntaxNode | undefined): boolean => {
    switch (each?.kind) {
      case 'string':
      case 'number':
      case 'boolean':
        return add(JSON.stringify(each.value));
      case 'array':
        return add('[') && each.items.every((item) => read(item) && add(',')) && add(']');
      case 'object':
        return (
          add('{') &&
          each.members.every(({ name, value }) => add(JSON.stringify(name)) && read(value) && add(',')) &&
          add('}')
        );
      default:
        return false;
    }
  };
  const place = String(node.span.start);
  if (node.kind === 'member' || !read(node)) {
    return place;
  }
  const text = parts.join('');
  return [0x2545f491, 0x9e3779b1].map((seed) => mixed(text, seed).toString(36)).join('');
}

const LONGEST_MARKED = 1_000;

/** A number that follows from a text, and is another one for nearly any other text. */
function mixed(text: string, seed: number): number {
  let state = seed;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x5bd1e995);
    state ^= state >>> 13;
  }
  return state >>> 0;
}
