import type { ArrayNode, SourceText, Span, SyntaxNode } from './nodes';

/** The values of a file that holds several, each a root of its own. */
export class Roots implements ArrayNode {
  readonly kind = 'array';
  readonly parent = undefined;
  readonly closed = true;
  readonly source: SourceText;
  readonly span: Span;
  readonly items: readonly SyntaxNode[];

  /** @param items the values, for those whose parent this is */
  constructor(source: SourceText, span: Span, items: (roots: ArrayNode) => readonly SyntaxNode[]) {
    this.source = source;
    this.span = span;
    this.items = items(this);
  }
}
