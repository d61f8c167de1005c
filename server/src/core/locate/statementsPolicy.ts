import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode } from '../syntax/nodes';

/**
 * The policy around statements that a host document takes without one: the host writes the rest. It reads as an object
 * with a Statement alone. Since nobody knows what else the host writes, it counts as half-typed: nothing is missing.
 */
export class StatementsPolicy implements ObjectNode {
  readonly kind = 'object';
  readonly closed = false;
  readonly blanks = 0;
  readonly members: readonly MemberNode[];
  /** The member that holds the statements, under whatever name. */
  readonly held: MemberNode;

  /** @param value the statements, where the member holds them in a string */
  constructor(held: MemberNode, value: MemberNode['value'] = held.value) {
    this.held = held;
    this.members = [new StatementMember(held, this, value)];
  }

  get parent(): MemberNode | ArrayNode | undefined {
    return this.held.parent.parent;
  }

  get source(): SourceText {
    return this.held.parent.source;
  }

  get span(): Span {
    return this.held.span;
  }

  get text(): undefined {
    return undefined;
  }
}

class StatementMember implements MemberNode {
  readonly kind = 'member';
  readonly name = 'Statement';
  readonly parent: ObjectNode;
  readonly value: MemberNode['value'];
  readonly #held: MemberNode;

  constructor(held: MemberNode, parent: ObjectNode, value: MemberNode['value']) {
    this.#held = held;
    this.parent = parent;
    this.value = value;
  }

  get key(): StringNode {
    return new StatementKey(this.#held.key);
  }

  get span(): Span {
    return this.#held.span;
  }
}

/** A key that reads as Statement, whatever the host calls it. */
class StatementKey implements StringNode {
  readonly kind = 'string';
  readonly value = 'Statement';
  readonly closed = true;
  readonly #key: StringNode;

  constructor(key: StringNode) {
    this.#key = key;
  }

  get span(): Span {
    return this.#key.span;
  }

  get parent(): StringNode['parent'] {
    return this.#key.parent;
  }

  get source(): SourceText {
    return this.#key.source;
  }

  get content(): Span {
    return this.#key.content;
  }

  offsetAt(index: number): number {
    return index >= this.value.length ? this.content.end : this.content.start;
  }

  indexAt(offset: number): number {
    return offset >= this.content.end ? this.value.length : 0;
  }

  offsetTable(): Int32Array {
    return Int32Array.from({ length: this.value.length + 1 }, (_, index) => this.offsetAt(index));
  }

  encode(text: string): string {
    return this.#key.encode(text);
  }
}
