import { firstIndex } from '../../pattern/bisect';
import type {
  ArrayNode,
  MemberNode,
  Misnamed,
  ObjectNode,
  PolicyHost,
  SourceText,
  Span,
  StringNode,
  SyntaxNode,
  WrittenSlice,
} from '../nodes';
import { decode, encodeLiteral } from './literals';
import type {
  ArrayValue,
  LiteralStyle,
  ObjectValue,
  Piece,
  ProgramEntry,
  ProgramKey,
  ProgramValue,
  StringValue,
  WrittenPiece,
} from './values';

/** The nodes of programs, made from their values when asked for. */

type Parent = MemberNode | ArrayNode | undefined;

/** What the nodes of one program share. */
export interface ProgramContext {
  readonly source: SourceText;
  /** For what is written in several literals, or in one that takes no escapes. */
  readonly readOnly: SourceText;
  /** Whether something faulty stands in front of an offset on its line: what is in quotes there may be what is between them. */
  isBehindFault(offset: number): boolean;
}

/** @param faults the offsets of what is faulty, in order */
export function contextOf(source: SourceText, faults: readonly number[]): ProgramContext {
  return {
    source,
    isBehindFault: (offset) => {
      const last = faults[firstIndex(faults.length, (index) => (faults[index] ?? 0) >= offset) - 1];
      return last !== undefined && last > source.text.lastIndexOf('\n', offset - 1);
    },
    readOnly: { ...source, offsetAt: (index) => index, encode: (text) => text, isReadOnly: true },
  };
}

function nodeOf(context: ProgramContext, value: ProgramValue, parent: Parent): SyntaxNode {
  switch (value.kind) {
    case 'object':
      return new ProgramObject(context, value, parent);
    case 'array':
      return new ProgramArray(context, value, parent);
    case 'string':
      return stringNode(context, value, parent);
    case 'number':
      return { kind: 'number', span: spanOf(value), parent, value: value.value };
    case 'boolean':
      return { kind: 'boolean', span: spanOf(value), parent, value: value.value };
    default:
      return { kind: value.kind, span: spanOf(value), parent };
  }
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

class ProgramObject implements ObjectNode {
  readonly kind = 'object';
  readonly parent: Parent;
  readonly blanks = 0;
  /** The same letters may stand for something else in another program, so that nothing is noted on them. */
  readonly text = undefined;
  readonly #context: ProgramContext;
  readonly #value: ObjectValue;
  #members: readonly MemberNode[] | undefined;

  constructor(context: ProgramContext, value: ObjectValue, parent: Parent) {
    this.#context = context;
    this.#value = value;
    this.parent = parent;
  }

  get span(): Span {
    return spanOf(this.#value);
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get closed(): boolean {
    return this.#value.closed;
  }

  get host(): PolicyHost | undefined {
    return this.#value.host;
  }

  get misnamed(): readonly Misnamed[] | undefined {
    return this.#value.misnamed;
  }

  get members(): readonly MemberNode[] {
    this.#members ??= this.#value.entries.map((entry) => new ProgramMember(this.#context, entry, this));
    return this.#members;
  }
}

class ProgramMember implements MemberNode {
  readonly kind = 'member';
  readonly parent: ObjectNode;
  readonly name: string;
  readonly #context: ProgramContext;
  readonly #entry: ProgramEntry;
  #key: StringNode | undefined;
  #value: SyntaxNode | undefined;

  constructor(context: ProgramContext, entry: ProgramEntry, parent: ObjectNode) {
    this.#context = context;
    this.#entry = entry;
    this.parent = parent;
    this.name = entry.key.name;
  }

  get span(): Span {
    return spanOf(this.#entry);
  }

  get key(): StringNode {
    const { key } = this.#entry;
    this.#key ??=
      key.literal === undefined
        ? new NameString(this.#context, key, this)
        : stringNode(this.#context, key.literal, this);
    return this.#key;
  }

  get value(): SyntaxNode | undefined {
    this.#value ??= this.#entry.value && nodeOf(this.#context, this.#entry.value, this);
    return this.#value;
  }
}

class ProgramArray implements ArrayNode {
  readonly kind = 'array';
  readonly parent: Parent;
  readonly #context: ProgramContext;
  readonly #value: ArrayValue;
  #items: readonly SyntaxNode[] | undefined;

  constructor(context: ProgramContext, value: ArrayValue, parent: Parent) {
    this.#context = context;
    this.#value = value;
    this.parent = parent;
  }

  get span(): Span {
    return spanOf(this.#value);
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get closed(): boolean {
    return this.#value.closed;
  }

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.#value.items.map((item) => nodeOf(this.#context, item, this));
    return this.#items;
  }
}

/** The values of a program that may hold policies, as one list. */
export function programRoot(context: ProgramContext, items: readonly ProgramValue[]): ArrayNode {
  const { length } = context.source.text;
  return new ProgramArray(context, { kind: 'array', start: 0, end: length, closed: true, items }, undefined);
}

function stringNode(context: ProgramContext, value: StringValue, parent: Parent): StringNode {
  const [only, ...others] = value.pieces;
  return only?.style !== undefined && others.length === 0
    ? new WrittenString(context, value, only, parent)
    : new ComposedString(context, value, parent);
}

abstract class ProgramString implements StringNode {
  readonly kind = 'string';
  readonly parent: Parent;
  readonly span: Span;
  readonly closed: boolean;
  readonly source: SourceText;
  readonly isReadOnly: boolean;
  readonly isDynamic: boolean;
  readonly #pieces: readonly Piece[];
  readonly #text: string;
  #value: string | undefined;
  #offsets: Int32Array | undefined;

  constructor(context: ProgramContext, value: StringValue, parent: Parent) {
    this.parent = parent;
    this.span = spanOf(value);
    this.closed = value.closed;
    this.#pieces = value.pieces;
    this.#text = context.source.text;
    this.source = isWritable(value.pieces) ? context.source : context.readOnly;
    this.isReadOnly = context.isBehindFault(value.start);
    this.isDynamic = value.isDynamic === true;
  }

  get value(): string {
    if (this.#value === undefined) {
      this.#read();
    }
    return this.#value ?? '';
  }

  get content(): Span {
    return {
      start: this.#pieces[0]?.start ?? this.span.start,
      end: this.#pieces.at(-1)?.end ?? this.span.end,
    };
  }

  offsetAt(index: number): number {
    const offsets = this.offsetTable();
    return offsets[Math.max(0, Math.min(index, offsets.length - 1))] ?? this.span.start;
  }

  indexAt(offset: number): number {
    const offsets = this.offsetTable();
    return firstIndex(offsets.length - 1, (index) => (offsets[index + 1] ?? 0) > offset);
  }

  offsetTable(): Int32Array {
    if (this.#offsets === undefined) {
      this.#read();
    }
    return this.#offsets ?? new Int32Array(1);
  }

  abstract encode(text: string): string;

  #read(): void {
    let value = '';
    const offsets: number[] = [];
    for (const piece of this.#pieces) {
      if (piece.style === undefined) {
        value += piece.text;
        // A variable in a template literal stands there letter by letter.
        const isCopy =
          this.#text.startsWith(piece.text, piece.start) && piece.end - piece.start === piece.text.length;
        for (let unit = 0; unit < piece.text.length; unit += 1) {
          offsets.push(isCopy ? piece.start + unit : piece.start);
        }
      } else {
        const decoded = decode(this.#text, piece.start, piece.end, piece.style);
        value += decoded.value;
        for (const offset of decoded.offsets) {
          offsets.push(offset);
        }
      }
    }
    offsets.push(this.content.end);
    this.#value = value;
    this.#offsets = Int32Array.from(offsets);
  }
}

/** Whether all of a text that is written stands in one literal that takes escapes. */
function isWritable(pieces: readonly Piece[]): boolean {
  const first = pieces.find((piece): piece is WrittenPiece => piece.style !== undefined);
  return first !== undefined && !first.style.raw && pieces.every(({ literal }) => literal === first.literal);
}

/** A literal without holes. */
class WrittenString extends ProgramString {
  readonly hasHoles: boolean;
  readonly #style: LiteralStyle;

  constructor(context: ProgramContext, value: StringValue, piece: WrittenPiece, parent: Parent) {
    super(context, value, parent);
    this.#style = piece.style;
    this.hasHoles = value.isFilledInOrder === true;
  }

  encode(text: string): string {
    return encodeLiteral(text, this.#style);
  }
}

/** A text of several parts, some of them holes. */
class ComposedString extends ProgramString {
  readonly hasHoles = true;
  readonly #context: ProgramContext;
  readonly #value: StringValue;

  constructor(context: ProgramContext, value: StringValue, parent: Parent) {
    super(context, value, parent);
    this.#context = context;
    this.#value = value;
  }

  endAt(index: number): number {
    let seen = 0;
    for (const piece of this.#value.pieces) {
      const { length } = this.#lettersOf(piece);
      if (index <= seen + length) {
        return piece.style === undefined || index === seen + length ? piece.end : this.offsetAt(index);
      }
      seen += length;
    }
    return this.content.end;
  }

  #lettersOf(piece: Piece): string {
    return piece.style === undefined
      ? piece.text
      : decode(this.#context.source.text, piece.start, piece.end, piece.style).value;
  }

  /** The part that a slice lies in, if it is one and is written. */
  writtenSlice(from: number, to: number): WrittenSlice | undefined {
    let seen = 0;
    for (const piece of this.#value.pieces) {
      const { length } = this.#lettersOf(piece);
      if (piece.style !== undefined && seen <= from && to <= seen + length) {
        const part: StringValue = { ...this.#value, pieces: [piece] };
        const node = new WrittenString(this.#context, part, piece, this.parent);
        return { node, from: from - seen, to: to - seen, escaped: (plain) => plain };
      }
      seen += length;
    }
    return undefined;
  }

  encode(text: string): string {
    const written = this.#value.pieces.find(({ style }) => style !== undefined);
    return written?.style === undefined ? text : encodeLiteral(text, written.style);
  }
}

/** A name without quotes, or one that reads as another: no letter of it is ever replaced. */
class NameString implements StringNode {
  readonly kind = 'string';
  readonly closed = true;
  readonly parent: MemberNode;
  readonly #context: ProgramContext;
  readonly #key: ProgramKey;

  constructor(context: ProgramContext, key: ProgramKey, parent: MemberNode) {
    this.#context = context;
    this.#key = key;
    this.parent = parent;
  }

  get value(): string {
    return this.#key.name;
  }

  get span(): Span {
    return spanOf(this.#key);
  }

  get content(): Span {
    return spanOf(this.#key);
  }

  get source(): SourceText {
    return this.#context.readOnly;
  }

  offsetAt(index: number): number {
    const { start, end, name } = this.#key;
    return end - start === name.length ? Math.min(start + index, end) : index >= name.length ? end : start;
  }

  indexAt(offset: number): number {
    const { start, end, name } = this.#key;
    return end - start === name.length
      ? Math.max(0, Math.min(offset - start, name.length))
      : offset >= end
        ? name.length
        : 0;
  }

  offsetTable(): Int32Array {
    return Int32Array.from({ length: this.#key.name.length + 1 }, (_, index) => this.offsetAt(index));
  }

  encode(text: string): string {
    return text;
  }
}
