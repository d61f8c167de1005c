import { JsonString } from './jsonStrings';
import { ABSENT, ARRAY, BOOLEAN, type JsonTape, NULL, NUMBER, OBJECT, STRING } from './jsonTape';
import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode, SyntaxNode } from './nodes';
import { spanIn } from './stringSpans';

/** The parent of a node; none at the root. */
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
      const value = Number(text.slice(tape.start(at), tape.end(at)));
      return { kind: 'number', span: spanAt(tape, at), parent, value };
    }
    case BOOLEAN: {
      const value = tape.source.text.charAt(tape.start(at)) === 't';
      return { kind: 'boolean', span: spanAt(tape, at), parent, value };
    }
    case NULL:
      return { kind: 'null', span: spanAt(tape, at), parent };
    default:
      return { kind: 'opaque', span: spanAt(tape, at), parent };
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
    this.#value ??= nodeAt(this.#tape, this.#tape.memberValue(this.#at), this);
    return this.#value;
  }

  get span(): Span {
    const tape = this.#tape;
    return spanIn(tape.source, tape.start(this.#at), tape.memberEnd(this.#at));
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
    return this.tape.isClosed(this.at);
  }

  get source(): SourceText {
    return this.tape.source;
  }

  get span(): Span {
    return spanAt(this.tape, this.at);
  }
}

class JsonObject extends JsonContainer implements ObjectNode {
  readonly kind = 'object';
  #members: readonly MemberNode[] | undefined = undefined;

  get blanks(): number {
    return this.tape.blanks(this.at);
  }

  get text(): string {
    return this.source.text.slice(this.tape.start(this.at), this.tape.end(this.at));
  }

  get memberCount(): number {
    return this.tape.count(this.at);
  }

  get members(): readonly MemberNode[] {
    this.#members ??= this.tape.children(this.at).map((at) => new JsonMember(this.tape, at, this));
    return this.#members;
  }
}

class JsonArray extends JsonContainer implements ArrayNode {
  readonly kind = 'array';
  #items: readonly SyntaxNode[] | undefined = undefined;

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.tape.children(this.at).map((at) => nodeAt(this.tape, at, this) as SyntaxNode);
    return this.#items;
  }
}

function spanAt(tape: JsonTape, at: number): Span {
  return spanIn(tape.source, tape.start(at), tape.end(at));
}
