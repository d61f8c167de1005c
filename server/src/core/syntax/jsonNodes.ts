import {
  ABSENT,
  ARRAY,
  BLANKS,
  BOOLEAN,
  CLOSED,
  CONTAINER_CELLS,
  COUNT,
  END,
  type JsonTape,
  MEMBER_END,
  MEMBER_VALUE,
  NULL,
  NUMBER,
  OBJECT,
  START,
  STRING,
} from './jsonTape';
import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode, SyntaxNode } from './nodes';

/** What a node hangs on; nothing at the root. */
type Parent = MemberNode | ArrayNode | undefined;

/** The node of the value at a place of a tape. Nodes below it are made when somebody asks for them, once each. */
export function nodeAt(tape: JsonTape, at: number, parent: Parent): SyntaxNode | undefined {
  switch (tape.what(at)) {
    case ABSENT:
      return undefined;
    case STRING:
      return new JsonString(tape, at, parent);
    case OBJECT:
      return new JsonObject(tape, at, parent);
    case ARRAY:
      return new JsonArray(tape, at, parent);
    case NUMBER: {
      const { text } = tape.source;
      const value = Number(text.slice(tape.cell(at + START), tape.cell(at + END)));
      return { kind: 'number', span: spanAt(tape, at), parent, value };
    }
    case BOOLEAN: {
      const value = tape.source.text.charAt(tape.cell(at + START)) === 't';
      return { kind: 'boolean', span: spanAt(tape, at), parent, value };
    }
    case NULL:
      return { kind: 'null', span: spanAt(tape, at), parent };
    default:
      return { kind: 'opaque', span: spanAt(tape, at), parent };
  }
}

class JsonString implements StringNode {
  readonly kind = 'string';
  readonly parent: Parent;
  readonly #tape: JsonTape;
  readonly #at: number;
  #value: string | undefined = undefined;

  constructor(tape: JsonTape, at: number, parent: Parent) {
    this.#tape = tape;
    this.#at = at;
    this.parent = parent;
  }

  get value(): string {
    this.#value ??= this.#tape.text(this.#at);
    return this.#value;
  }

  get source(): SourceText {
    return this.#tape.source;
  }

  get tokenStart(): number {
    return this.#tape.cell(this.#at + START);
  }

  get tokenEnd(): number {
    return this.#tape.cell(this.#at + END);
  }

  get closed(): boolean {
    return this.#tape.has(this.#at, CLOSED);
  }

  get span(): Span {
    return spanAt(this.#tape, this.#at);
  }
}

class JsonMember implements MemberNode {
  readonly kind = 'member';
  readonly parent: ObjectNode;
  readonly #tape: JsonTape;
  readonly #at: number;
  #name: string | undefined = undefined;
  #key: StringNode | undefined = undefined;
  #value: SyntaxNode | undefined = undefined;

  constructor(tape: JsonTape, at: number, parent: ObjectNode) {
    this.#tape = tape;
    this.#at = at;
    this.parent = parent;
  }

  get name(): string {
    this.#name ??= this.#tape.text(this.#at);
    return this.#name;
  }

  get key(): StringNode {
    this.#key ??= new JsonString(this.#tape, this.#at, this);
    return this.#key;
  }

  get value(): SyntaxNode | undefined {
    this.#value ??= nodeAt(this.#tape, this.#at + MEMBER_VALUE, this);
    return this.#value;
  }

  get span(): Span {
    const tape = this.#tape;
    return spanIn(tape.source, tape.cell(this.#at + START), tape.cell(this.#at + MEMBER_END));
  }
}

abstract class JsonContainer {
  readonly parent: Parent;
  protected readonly tape: JsonTape;
  protected readonly at: number;

  constructor(tape: JsonTape, at: number, parent: Parent) {
    this.tape = tape;
    this.at = at;
    this.parent = parent;
  }

  get closed(): boolean {
    return this.tape.has(this.at, CLOSED);
  }

  get source(): SourceText {
    return this.tape.source;
  }

  get span(): Span {
    return spanAt(this.tape, this.at);
  }

  /** One thing for each that is in the container; `size` is how many cells stand before the value of each. */
  protected children<T>(size: number, make: (at: number) => T): readonly T[] {
    const children = new Array<T>(this.tape.cell(this.at + COUNT));
    let at = this.at + CONTAINER_CELLS;
    for (let index = 0; index < children.length; index += 1) {
      children[index] = make(at);
      at = this.tape.after(at + size);
    }
    return children;
  }
}

class JsonObject extends JsonContainer implements ObjectNode {
  readonly kind = 'object';
  #members: readonly MemberNode[] | undefined = undefined;

  get blanks(): number {
    return this.tape.cell(this.at + BLANKS);
  }

  get text(): string {
    const { source } = this;
    return source.text.slice(this.tape.cell(this.at + START), this.tape.cell(this.at + END));
  }

  get members(): readonly MemberNode[] {
    this.#members ??= this.children(MEMBER_VALUE, (at) => new JsonMember(this.tape, at, this));
    return this.#members;
  }
}

class JsonArray extends JsonContainer implements ArrayNode {
  readonly kind = 'array';
  #items: readonly SyntaxNode[] | undefined = undefined;

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.children(0, (at) => nodeAt(this.tape, at, this) as SyntaxNode);
    return this.#items;
  }
}

function spanAt(tape: JsonTape, at: number): Span {
  return spanIn(tape.source, tape.cell(at + START), tape.cell(at + END));
}

/** What stands between two indexes of a source, in the document. */
export function spanIn(source: SourceText, start: number, end: number): Span {
  return { start: source.offsetAt(start), end: source.offsetAt(end) };
}
