import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode, WrittenSlice } from './nodes';

/**
 * A string that begins with an expression whose text is known. It reads as if that text were written there: the last
 * character of the text is at the whole expression, all others at its beginning.
 */
export class ExpandedText implements StringNode {
  readonly kind = 'string';
  readonly value: string;
  readonly #node: StringNode;
  /** How long the expression is in the node's value. */
  readonly #length: number;
  readonly #expansion: number;

  constructor(node: StringNode, length: number, expansion: string) {
    this.#node = node;
    this.#length = length;
    this.#expansion = expansion.length;
    this.value = expansion + node.value.slice(length);
  }

  /** What stands in the document. */
  get call(): ObjectNode | StringNode {
    return this.#node.call ?? this.#node;
  }

  get written(): string {
    return this.#node.value;
  }

  get span(): Span {
    return this.#node.span;
  }

  get parent(): MemberNode | ArrayNode | undefined {
    return this.#node.parent;
  }

  get source(): SourceText {
    return this.#node.source;
  }

  get content(): Span {
    return this.#node.content;
  }

  get closed(): boolean {
    return this.#node.closed;
  }

  offsetAt(index: number): number {
    return this.#node.offsetAt(this.#indexIn(index));
  }

  indexAt(offset: number): number {
    const index = this.#node.indexAt(offset);
    return index < this.#length ? this.#expansion - 1 : index - this.#length + this.#expansion;
  }

  offsetTable(): Int32Array {
    const own = this.#node.offsetTable();
    return Int32Array.from({ length: this.value.length + 1 }, (_, index) => own[this.#indexIn(index)] ?? 0);
  }

  writtenSlice(from: number, to: number): WrittenSlice | undefined {
    const isWhole = from === 0 && to === this.value.length;
    return from >= this.#expansion || isWhole
      ? { node: this.#node, from: this.#indexIn(from), to: this.#indexIn(to), escaped: (plain) => plain }
      : undefined;
  }

  endAt(index: number): number {
    const at = Math.max(this.#length, this.#indexIn(index));
    return this.#node.endAt?.(at) ?? this.#node.offsetAt(at);
  }

  encode(text: string): string {
    return this.#node.encode(text);
  }

  #indexIn(index: number): number {
    return index < this.#expansion ? 0 : index - this.#expansion + this.#length;
  }
}
