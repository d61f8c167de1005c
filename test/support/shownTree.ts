import type { SyntaxNode } from '../../server/src/core/syntax/nodes';

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
