import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode, SyntaxNode } from './nodes';

/** What a node hangs on; nothing at the root. */
export type Parent = MemberNode | ArrayNode | undefined;

/*
 * Nodes know where they stand in the text they were parsed from; the span in the document follows from that, and is
 * wanted of very few.
 */

const NONE: readonly never[] = [];

export class JsonString implements StringNode {
  readonly kind = 'string';
  parent: Parent;
  readonly value: string;
  readonly source: SourceText;
  readonly tokenStart: number;
  readonly tokenEnd: number;
  readonly closed: boolean;

  constructor(
    parent: Parent,
    source: SourceText,
    token: {
      readonly tokenValue: string;
      readonly tokenStart: number;
      readonly tokenEnd: number;
      readonly tokenClosed: boolean;
    },
  ) {
    this.parent = parent;
    this.value = token.tokenValue;
    this.source = source;
    this.tokenStart = token.tokenStart;
    this.tokenEnd = token.tokenEnd;
    this.closed = token.tokenClosed;
  }

  get span(): Span {
    return spanIn(this.source, this.tokenStart, this.tokenEnd);
  }
}

export class JsonMember implements MemberNode {
  readonly kind = 'member';
  readonly key: StringNode;
  value: SyntaxNode | undefined = undefined;
  readonly parent: ObjectNode;
  /** In the source's text. */
  end: number;

  constructor(parent: ObjectNode, key: StringNode) {
    this.key = key;
    this.parent = parent;
    this.end = key.tokenEnd;
  }

  get span(): Span {
    return spanIn(this.key.source, this.key.tokenStart, this.end);
  }
}

abstract class JsonContainer {
  readonly parent: Parent;
  closed = false;
  readonly source: SourceText;
  readonly start: number;
  end: number;

  constructor(parent: Parent, source: SourceText, start: number) {
    this.parent = parent;
    this.source = source;
    this.start = start;
    this.end = start;
  }

  get span(): Span {
    return spanIn(this.source, this.start, this.end);
  }
}

export class JsonObject extends JsonContainer implements ObjectNode {
  readonly kind = 'object';
  members: readonly MemberNode[] = NONE;
  blanks = 0;

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }
}

export class JsonArray extends JsonContainer implements ArrayNode {
  readonly kind = 'array';
  items: readonly SyntaxNode[] = NONE;
}

/** What stands between two indexes of a source, in the document. */
export function spanIn(source: SourceText, start: number, end: number): Span {
  return { start: source.offsetAt(start), end: source.offsetAt(end) };
}
