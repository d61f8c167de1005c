import type { Misnamed, PolicyHost } from '../nodes';

/**
 * The values of expressions of a program, as far as a policy needs them: one shape for all languages of programs. The
 * values are made once, for the few expressions that may hold a policy; nodes are made from them when asked for.
 *
 * Offsets are UTF-16 code units into the document, spans half-open.
 */
export type ProgramValue = ObjectValue | ArrayValue | StringValue | PlainValue;

interface ValueBase {
  readonly start: number;
  readonly end: number;
}

export interface ObjectValue extends ValueBase {
  readonly kind: 'object';
  /** False where more may come, so that nothing is missing: half-typed, empty, or filled elsewhere. */
  readonly closed: boolean;
  readonly entries: readonly ProgramEntry[];
  readonly host?: PolicyHost;
  /** Of a statement in the names of a library: those in it that are mistakes of such names. */
  readonly misnamed?: readonly Misnamed[];
  /** Set where the object stands for one of several values, by what holds when the program runs. */
  readonly choices?: readonly ProgramValue[];
}

export interface ProgramEntry extends ValueBase {
  readonly key: ProgramKey;
  /** Absent while only the name has been typed. */
  readonly value: ProgramValue | undefined;
}

/** A name: what it reads as, and the word of the program that it stands for. */
export interface ProgramKey extends ValueBase {
  readonly name: string;
  /** Set where the name is a string literal, so that its letters can be replaced. */
  readonly literal?: StringValue;
}

export interface ArrayValue extends ValueBase {
  readonly kind: 'array';
  readonly closed: boolean;
  readonly items: readonly ProgramValue[];
}

export interface StringValue extends ValueBase {
  readonly kind: 'string';
  readonly closed: boolean;
  readonly pieces: readonly Piece[];
  /** Whether values are put in by their order, as by the operator `%` of Python. */
  readonly isFilledInOrder?: boolean;
  /** Whether the program may do without it. */
  readonly isDynamic?: true;
}

export type PlainValue = ValueBase &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'opaque' }
  );

/** A stretch of a text. */
export type Piece = WrittenPiece | StandInPiece;

/** Letters of a literal, with its escapes. */
export interface WrittenPiece extends ValueBase {
  readonly style: LiteralStyle;
  /** Where the literal begins, so that pieces of one literal are told from those of two. */
  readonly literal: number;
}

/** A text that stands for an expression: a hole, or what a name of a library means. */
export interface StandInPiece extends ValueBase {
  readonly style: undefined;
  readonly text: string;
  /** The literal that it stands in; none where it stands between literals. */
  readonly literal: number | undefined;
}

/** How a literal is written. */
export interface LiteralStyle {
  readonly language: 'javascript' | 'python';
  readonly quote: string;
  /** Whether a backslash stands for itself. */
  readonly raw: boolean;
  /** Whether `{{` stands for a brace: in f-strings, and where `format` is called. */
  readonly doubledBraces: boolean;
  /** Whether `&{` begins a variable of IAM, since `${` is Terraform's own. */
  readonly ampersands?: true;
}

/** A value that is not known. */
export function opaque(start: number, end: number): PlainValue {
  return { kind: 'opaque', start, end };
}

/** The text of an expression that is a name of a library and means a text. */
export function standIn(text: string, start: number, end: number): StringValue {
  return {
    kind: 'string',
    start,
    end,
    closed: true,
    pieces: [{ style: undefined, text, start, end, literal: undefined }],
  };
}

/**
 * A hole for an expression: some text, once, of which nothing is known. The same variable reads the same everywhere, and
 * anything else is told from all others by where it stands.
 */
export function hole(expression: string, start: number, end: number, literal?: number): StandInPiece {
  const name = /^[\w$.]{1,100}$/.test(expression) ? expression.replaceAll('$', '_') : `#${start}`;
  return { style: undefined, text: `\${${name}}`, start, end, literal };
}

/** A name that nobody has written, at the beginning of what stands for it. */
function unwritten(name: string, start: number): ProgramKey {
  return { name, start, end: start };
}

/** One of several values, as `Fn::If` of CloudFormation has it. */
export function oneOf(choices: readonly ProgramValue[], start: number, end: number): ObjectValue {
  const items = [opaque(start, start), ...choices];
  const value: ArrayValue = { kind: 'array', start, end, closed: true, items };
  const entries = [{ key: unwritten('Fn::If', start), value, start, end }];
  return { kind: 'object', start, end, closed: true, entries, choices };
}

/** What becomes of a value, or of each that may stand in its place. */
export function eachChoice(value: ProgramValue, become: (value: ProgramValue) => ProgramValue): ProgramValue {
  if (value.kind !== 'object' || value.choices === undefined) {
    return become(value);
  }
  const choices = value.choices.map((choice) => (isNothing(choice) ? choice : eachChoice(choice, become)));
  return { ...value, ...oneOf(choices, value.start, value.end) };
}

/** No value at all, as `AWS::NoValue` of CloudFormation has it. */
export function nothing(at: number): ObjectValue {
  const value = standIn('AWS::NoValue', at, at);
  const entries = [{ key: unwritten('Ref', at), value, start: at, end: at }];
  return { kind: 'object', start: at, end: at, closed: true, entries };
}

/** What a list gets by a value that is spread in it. */
export function spreadItems(value: ProgramValue): readonly ProgramValue[] {
  if (value.kind === 'array') {
    return value.items;
  }
  const { start, end } = value;
  const choices = value.kind === 'object' ? value.choices : undefined;
  if (choices === undefined) {
    return [opaque(start, end)];
  }
  return choices.flatMap((choice): readonly ProgramValue[] =>
    choice.kind === 'array'
      ? choice.items.map((item) => oneOf([item, nothing(item.start)], item.start, item.end))
      : isNothing(choice)
        ? []
        : [opaque(choice.start, choice.end)],
  );
}

function isNothing(value: ProgramValue): boolean {
  return value.kind === 'object' && value.entries[0]?.key.name === 'Ref';
}

/** A list of what several give, one after the other. */
export function oneAfterTheOther(lists: readonly ProgramValue[], start: number, end: number): ArrayValue {
  const items = lists.flatMap(spreadItems);
  const closed = lists.every((list) => list.kind === 'array' && list.closed);
  return { kind: 'array', start, end, closed, items };
}

/** A value that the program may do without, or change. */
export function asDynamic(value: ProgramValue): ProgramValue {
  switch (value.kind) {
    case 'object':
      return { ...value, host: { ...value.host, isDynamic: true } };
    case 'array':
      return { ...value, items: value.items.map(asDynamic) };
    case 'string':
      return { ...value, isDynamic: true };
    default:
      return value;
  }
}

/** The entry of a name; the first of several. */
export function entryOf(object: ObjectValue, name: string): ProgramEntry | undefined {
  return object.entries.find(({ key }) => key.name === name);
}

/** What stands for members that cannot be seen; the name is that of YAML's merges. */
export function unseenEntry(start: number, end: number): ProgramEntry {
  return { key: { name: '<<', start, end }, value: opaque(start, end), start, end };
}
