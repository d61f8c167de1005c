import type { Span, StringNode, SyntaxNode } from '../../server/src/core/syntax/nodes';

/**
 * A tree in one line: what is not known is `?`, what is yet to be written `∅`, and `…` stands where more may be added or
 * where an end is missing.
 */
export function shown(node: SyntaxNode | undefined): string {
  switch (node?.kind) {
    case undefined:
      return '∅';
    case 'object': {
      const members = node.members.map(({ name, value }) => `${name}: ${shown(value)}`);
      return `{${[...members, ...(node.closed ? [] : ['…'])].join(', ')}}`;
    }
    case 'array':
      return `[${[...node.items.map(shown), ...(node.closed ? [] : ['…'])].join(', ')}]`;
    case 'string':
      return `${JSON.stringify(node.value)}${node.closed ? '' : '…'}`;
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    default:
      return '?';
  }
}

/** The text of each node and each member of a tree, from the outside to the inside. */
export function placesIn(node: SyntaxNode | undefined, text: string): readonly string[] {
  if (node === undefined) {
    return [];
  }
  const place = ({ span }: { readonly span: Span }) => text.slice(span.start, span.end);
  const inside =
    node.kind === 'object'
      ? node.members.flatMap((member) => [place(member), ...placesIn(member.value, text)])
      : node.kind === 'array'
        ? node.items.flatMap((item) => placesIn(item, text))
        : [];
  return [place(node), ...inside];
}

/** The strings of a tree, names included, that do not keep what a string says of its places, and members without their names. */
export function misplacedIn(root: SyntaxNode | undefined): readonly string[] {
  switch (root?.kind) {
    case 'object':
      return root.members.flatMap(({ key, value, span }) => [
        ...misplacement(key),
        ...(span.start <= key.span.start && key.span.end <= span.end ? [] : [`member of ${key.value}`]),
        ...misplacedIn(value),
      ]);
    case 'array':
      return root.items.flatMap(misplacedIn);
    case 'string':
      return misplacement(root);
    default:
      return [];
  }
}

function misplacement(node: StringNode): readonly string[] {
  const { value, span, content } = node;
  const table = [...node.offsetTable()];
  const faults: string[] = [];
  const isInOrder = table.every((offset, index) => index === 0 || offset >= (table[index - 1] ?? 0));
  if (!(span.start <= content.start && content.start <= content.end && content.end <= span.end)) {
    faults.push('content');
  }
  if (table.length !== value.length + 1 || table.some((offset, index) => offset !== node.offsetAt(index))) {
    faults.push('table');
  }
  if (table.some((offset) => offset < span.start || offset > span.end)) {
    faults.push('outside');
  }
  if (node.offsetAt(value.length) !== content.end || node.offsetAt(value.length + 9) !== content.end) {
    faults.push('end');
  }
  // A word that stands for another name has two places, and a text that is put together may go back and forth.
  const isLetterByLetter = isInOrder && new Set(table).size > 2;
  if (isLetterByLetter && table.some((offset) => node.indexAt(offset) !== table.lastIndexOf(offset))) {
    faults.push('index');
  }
  return faults.map((fault) => `${fault} of ${JSON.stringify(value)}`);
}
