import { functionCall } from './functions';
import { markOf } from './nodeMark';
import type {
  ArrayNode,
  ExpressionOf,
  MemberNode,
  ObjectNode,
  SourceText,
  Span,
  StringNode,
  SyntaxNode,
  WrittenExpression,
  WrittenSlice,
} from './nodes';
import { spanOfValue } from './stringSpans';

/**
 * What CloudFormation's functions stand for in a policy, as far as it can be known from the template alone
 * (CloudFormation User Guide, "Intrinsic function reference"). What a function puts in later is a hole, written `${…}`
 * in the text: some text, once, of which nothing is known. The parts between holes are known, and lie where they stand.
 */

/** The text of a value, holes included: a string itself, or the known parts of a function. */
export function textNodeOf(node: SyntaxNode): StringNode | undefined {
  if (node.kind === 'string') {
    return node;
  }
  const call = functionCall(node);
  return call === undefined ? undefined : calledText(node as ObjectNode, call);
}

/**
 * The text of a value, with what `Fn::Sub` is given for its own variables in their place, so that the same text stands for the
 * same. What is given and has no text, or a long one, is a hole after what is written there.
 */
export function filledText(node: SyntaxNode): string | undefined {
  const call = functionCall(node);
  if (call?.value?.kind !== 'array') {
    return textNodeOf(node)?.value;
  }
  const [first, second] = call.value.items;
  if (call.name === 'Fn::Join' && first?.kind === 'string' && second?.kind === 'array') {
    return second.items.map((item) => filledText(item) ?? `\${#${markOf(item)}}`).join(first.value);
  }
  if (call.name !== 'Fn::Sub' || first?.kind !== 'string' || second?.kind !== 'object') {
    return textNodeOf(node)?.value;
  }
  const given = new Map(
    second.members.map(({ name, value }) => [name, value === undefined ? '' : givenText(name, value)]),
  );
  let room = LONGEST_FILLED;
  return first.value.replace(/\$\{(!?)([^{}]*)\}/g, (_, mark: string, name: string) => {
    const filled = mark === '' ? given.get(name) : undefined;
    room -= filled?.length ?? 0;
    return filled === undefined || room < 0 ? `\${${name}}` : filled;
  });
}

function givenText(name: string, value: SyntaxNode): string {
  const text = value.kind === 'number' || value.kind === 'boolean' ? String(value.value) : filledText(value);
  return text === undefined || text.length > LONGEST_FILLED ? `\${${name}#${markOf(value)}}` : text;
}

/** No ARN is longer. */
const LONGEST_FILLED = 2_048;

function calledText(object: ObjectNode, call: MemberNode): StringNode | undefined {
  const { name, value } = call;
  switch (name) {
    case 'Fn::Sub': {
      const text = value?.kind === 'array' ? value.items[0] : value;
      return text?.kind === 'string'
        ? new FunctionText(object, substitutedPieces(text), text, (variable) =>
            substituted(variable, text.value, value),
          )
        : undefined;
    }
    case 'Fn::Join': {
      const pieces = joinedPieces(value);
      return pieces && new FunctionText(object, pieces, undefined, joinedExpressions(value, pieces));
    }
    case 'Fn::If':
      return undefined;
    default:
      return new FunctionText(object, [unwritten(holeText(name, call))], undefined);
  }
}

/**
 * How a hole is written: after what it names, so that the same hole reads the same everywhere, and two that may differ
 * never do.
 */
function holeText(name: string, call: MemberNode): string {
  const { value } = call;
  const parts = value?.kind === 'array' ? value.items : [value];
  const words = parts.map((part) => (part?.kind === 'string' ? part.value.replace(/[{}$]/g, '') : undefined));
  // One that is yet to be filled in names nothing either.
  if (words.some((word) => word === undefined) || words.join('') === '') {
    return `\${${name}#${markOf(call.value ?? call)}}`;
  }
  const isBare = name === 'Ref' || name === 'Fn::GetAtt';
  return `\${${isBare ? words.join('.') : `${name} ${words.join(' ')}`}}`;
}

/** A stretch of the text of a function: a slice of a string that is written, or what stands for one that is not. */
interface Piece {
  /** Absent for what stands nowhere letter by letter. */
  readonly node: StringNode | undefined;
  /** Indexes into the node's value. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether it stands in the text of `Fn::Sub`, which takes a variable of IAM for one of its own. */
  readonly isSubstituted: boolean;
}

/** `${!Name}` writes `${Name}` (CloudFormation User Guide, "Fn::Sub"); every other `${…}` is a hole. */
function substitutedPieces(node: StringNode): readonly Piece[] {
  const { value } = node;
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = value.indexOf('${!'); at >= 0; at = value.indexOf('${!', at + 3)) {
    pieces.push(sliceOf(node, from, at + 2, true));
    from = at + 3;
  }
  pieces.push(sliceOf(node, from, value.length, true));
  return pieces;
}

/** A variable of the text of `Fn::Sub`, where CloudFormation replaces it. */
function substituted(
  variable: string,
  text: string,
  argument: SyntaxNode | undefined,
): WrittenExpression | undefined {
  const map = argument?.kind === 'array' ? argument.items[1] : undefined;
  const isGiven = map?.kind === 'object' && map.members.some(({ name }) => variable === `\${${name}}`);
  const isPlain = !isGiven && text.includes(variable) && !text.includes(variable.replace('${', '${!'));
  return isPlain ? { text: variable, language: 'cloudformation' } : undefined;
}

function sliceOf(node: StringNode, from: number, to: number, isSubstituted: boolean): Piece {
  return { node, from, to, text: node.value.slice(from, to), isSubstituted };
}

/** A text that stands nowhere letter by letter. */
function unwritten(text: string): Piece {
  return { node: undefined, from: 0, to: 0, text, isSubstituted: false };
}

function joinedPieces(value: SyntaxNode | undefined): readonly Piece[] | undefined {
  if (value?.kind !== 'array') {
    return undefined;
  }
  const [delimiter, list] = value.items;
  if (delimiter?.kind !== 'string') {
    return undefined;
  }
  // A list that a parameter or another function gives is one hole.
  if (list?.kind !== 'array') {
    return [unwritten(`\${Fn::Join#${markOf(value)}}`)];
  }
  return list.items.flatMap((item, index) => {
    const text = textNodeOf(item);
    const own: readonly Piece[] =
      text instanceof FunctionText
        ? text.pieces
        : text !== undefined
          ? [sliceOf(text, 0, text.value.length, false)]
          : [unwritten(`\${#${markOf(item)}}`)];
    return index === 0 ? own : [unwritten(delimiter.value), ...own];
  });
}

/** Variables of the texts of `Fn::Sub` that are joined, unless the same letters stand elsewhere, where nothing replaces them. */
function joinedExpressions(
  value: SyntaxNode | undefined,
  pieces: readonly Piece[],
): ExpressionOf | undefined {
  const list = value?.kind === 'array' ? value.items[1] : undefined;
  const joined = (list?.kind === 'array' ? list.items : []).flatMap((item) => {
    const text = textNodeOf(item);
    return text instanceof FunctionText ? (text.expressionOf ?? []) : [];
  });
  return joined.length === 0
    ? undefined
    : (variable) =>
        pieces.some(({ isSubstituted, text }) => !isSubstituted && text.includes(variable))
          ? undefined
          : joined.map((expressionOf) => expressionOf(variable)).find((each) => each !== undefined);
}

/** A string that a function makes. What stands nowhere in the document lies on the function as a whole. */
class FunctionText implements StringNode {
  readonly kind = 'string';
  readonly closed = true;
  readonly pieces: readonly Piece[];
  readonly value: string;
  readonly #object: ObjectNode;
  /** The one string that all of it is written in. */
  readonly #written: StringNode | undefined;
  readonly expressionOf: ExpressionOf | undefined;

  constructor(
    object: ObjectNode,
    pieces: readonly Piece[],
    written: StringNode | undefined,
    expressionOf?: ExpressionOf,
  ) {
    this.#object = object;
    this.pieces = pieces;
    this.expressionOf = expressionOf;
    this.value = pieces.map(({ text }) => text).join('');
    this.#written = written;
  }

  get call(): ObjectNode {
    return this.#object;
  }

  get parent(): MemberNode | ArrayNode | undefined {
    return this.#object.parent;
  }

  get span(): Span {
    return this.#object.span;
  }

  get source(): SourceText {
    return this.#object.source;
  }

  get content(): Span {
    return this.#written?.content ?? this.#object.span;
  }

  offsetAt(index: number): number {
    let seen = 0;
    let end = this.content.start;
    for (const { node, from, text } of this.pieces) {
      if (index < seen + text.length) {
        return node === undefined ? end : node.offsetAt(from + index - seen);
      }
      seen += text.length;
      end = node === undefined ? end : node.offsetAt(from + text.length);
    }
    return this.#written === undefined ? this.content.end : end;
  }

  endAt(index: number): number {
    let seen = 0;
    for (const { node, from, text } of this.pieces) {
      if (node !== undefined && seen < index && index <= seen + text.length) {
        return spanOfValue(node, from, from + index - seen).end;
      }
      seen += text.length;
    }
    return this.offsetAt(index);
  }

  indexAt(offset: number): number {
    let seen = 0;
    let index = 0;
    for (const { node, from, to, text } of this.pieces) {
      if (node !== undefined && node.offsetAt(from) <= offset) {
        index = seen + Math.min(to, Math.max(from, node.indexAt(offset))) - from;
      }
      seen += text.length;
    }
    return index;
  }

  offsetTable(): Int32Array {
    const table = new Int32Array(this.value.length + 1);
    let seen = 0;
    let end = this.content.start;
    for (const { node, from, text } of this.pieces) {
      const own = node?.offsetTable();
      for (let unit = 0; unit < text.length; unit += 1) {
        table[seen + unit] = own?.[from + unit] ?? end;
      }
      seen += text.length;
      end = own?.[from + text.length] ?? end;
    }
    table[seen] = this.#written === undefined ? this.content.end : end;
    return table;
  }

  writtenSlice(from: number, to: number): WrittenSlice | undefined {
    if (this.#written !== undefined) {
      const node = this.#written;
      const start = this.#writtenIndex(node, from);
      // Behind its last letter, and not before the next one: a mark may stand between them.
      return { node, from: start, to: from < to ? this.#writtenIndex(node, to - 1) + 1 : start, escaped };
    }
    let seen = 0;
    for (const { node, from: start, text, isSubstituted } of this.pieces) {
      if (node !== undefined && seen <= from && to <= seen + text.length) {
        const asWritten = isSubstituted ? escaped : (plain: string) => plain;
        return { node, from: start + from - seen, to: start + to - seen, escaped: asWritten };
      }
      seen += text.length;
    }
    return undefined;
  }

  /** The index into the one written string. */
  #writtenIndex(node: StringNode, index: number): number {
    let seen = 0;
    for (const { from, text } of this.pieces) {
      if (index < seen + text.length) {
        return from + index - seen;
      }
      seen += text.length;
    }
    return node.value.length;
  }

  /** Where only some of its strings stand in `Fn::Sub`, a text is written in one way or the other. */
  get isReadOnly(): boolean {
    const written = this.pieces.filter(({ node }) => node !== undefined);
    return new Set(written.map(({ isSubstituted }) => isSubstituted)).size > 1;
  }

  encode(text: string): string {
    const asWritten = this.pieces.some(({ isSubstituted }) => isSubstituted) ? escaped(text) : text;
    return (this.#written ?? this.source).encode(asWritten);
  }
}

/** A variable of IAM has one colon in its name; what CloudFormation puts in has none or two. */
function escaped(text: string): string {
  return text.replace(/\$\{(?=[\w.-]+:[^:])/g, '${!');
}
