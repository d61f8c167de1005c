import type { SyntaxNode as Expression, Tree } from '@lezer/common';
import type { Steps } from '../../steps';
import { oneOf, opaque, type ProgramEntry, type ProgramValue } from './values';

/**
 * Reads the expressions of one language. An expression that cannot be a value of a policy is opaque; its parts are
 * handed back and looked at by themselves.
 */
export interface ProgramReader {
  readonly text: string;
  /**
   * Offsets at which a literal begins that lacks its closing quote, with where its letters end. One of no letters is a number
   * in the grammar.
   */
  readonly unterminated: ReadonlyMap<number, number>;
  /** Offsets at which a value lacks; in the grammar there is a number. */
  readonly missing: ReadonlySet<number>;
  /** Whether nothing in an expression is half-typed or faulty. */
  isWhole(expression: Expression): boolean;
  /** Notes an expression whose parts are yet to be looked at. */
  later(expression: Expression): void;
  /** Whether a word stands anywhere in the program. */
  mentions(word: string): boolean;
  /** Whether something is done somewhere in the program to what a name holds. */
  changes(name: string): boolean;
  /** Reads what stands within an expression; `undefined` where that is too deep. */
  nested<T>(read: () => T): T | undefined;
}

/** A call of a function, or of a class. */
export interface Call {
  /** The document's. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The names of what is called, the last one last: `iam`, `PolicyStatement`. */
  readonly path: readonly string[];
  /** Where the last of them stands. */
  readonly name: { readonly start: number; readonly end: number };
  args(): readonly ProgramValue[];
  /** What a method is called on, where it is a value. */
  receiver(): ProgramValue | undefined;
  /** What is named in the call itself, as in Python. */
  named(): readonly ProgramEntry[];
  /** The call that this one is an argument of, also within a list, by the names that it is called by. */
  takenBy(): string | undefined;
  /** Whether nobody can get hold of what it gives but the expression around, so that nothing is added to it. */
  readonly isInPlace: boolean;
  /** Whether it is half-typed, or takes arguments that cannot be seen. */
  readonly isOpen: boolean;
  /** Whether a word stands anywhere in the program. */
  mentions(word: string): boolean;
}

/**
 * What a call has, read once however often it is asked for: each argument may be a call in turn, and with every level
 * twice the work a line of text would take for ever.
 */
export function readOnce<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/** What a call has in each language: all but its arguments, and what is true of the place where it stands. */
export function frameOfCall(
  reader: ProgramReader,
  expression: Expression,
  callee: Expression,
  read: ProgramLanguage['read'],
): Pick<Call, 'text' | 'start' | 'end' | 'path' | 'name' | 'receiver' | 'takenBy' | 'mentions'> {
  const { path, last } = pathOf(reader, callee);
  return {
    text: reader.text,
    start: expression.from,
    end: expression.to,
    path,
    name: { start: last.from, end: last.to },
    receiver: readOnce(() => {
      const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
      return object === null ? undefined : reader.nested(() => read(reader, object));
    }),
    takenBy: () => takerOf(reader, expression),
    mentions: reader.mentions,
  };
}

/** A language of programs. */
export interface ProgramLanguage {
  /** The tree of a program, shorter than its text where that is none from some place on. */
  parse(text: string): Steps<Tree>;
  /** The types of nodes of string literals that end with their line. */
  isLineLiteral(name: string): boolean;
  /** The value of an expression; `undefined` for what is none that a policy could stand in. */
  read(reader: ProgramReader, expression: Expression): ProgramValue | undefined;
  /**
   * The objects that a call of anything takes as they stand, or one of the names that it gives to values: they tell what
   * the values are. What else stands in the call is handed back. `undefined` where there are none.
   */
  taken(reader: ProgramReader, expression: Expression): readonly ProgramValue[] | undefined;
}

/** The children of a node but comments. */
export function* childrenOf(expression: Expression): Generator<Expression> {
  for (let child = expression.firstChild; child !== null; child = child.nextSibling) {
    if (!/Comment$/.test(child.name)) {
      yield child;
    }
  }
}

/** Whether a colon or a value stands in the text, and not in the tree alone. */
export function isWritten({ text, missing }: ProgramReader, { name, from }: Expression): boolean {
  return name === ':' ? text.charAt(from) === ':' : !missing.has(from);
}

/** A number as both languages write it. */
export function numberOf(
  { text, missing }: ProgramReader,
  { from: start, to: end }: Expression,
): ProgramValue {
  if (missing.has(start)) {
    return opaque(start, start);
  }
  return { kind: 'number', start, end, value: Number(text.slice(start, end).replaceAll('_', '')) };
}

/** What stands to the left and to the right of an operator, which has two sides in the grammar, and its letters. */
export function operandsOf(
  { text }: ProgramReader,
  expression: Expression,
): { readonly left: Expression; readonly sign: string; readonly right: Expression } {
  const [left = expression, operator = expression, right = expression] = childrenOf(expression);
  return { left, sign: text.slice(operator.from, operator.to), right };
}

/** An expression without the parentheses around it. */
export function unwrapped(expression: Expression): Expression {
  let current = expression;
  while (current.name === 'ParenthesizedExpression') {
    const inner = [...childrenOf(current)].find(({ name, type }) => !/^[()]$/.test(name) && !type.isError);
    if (inner === undefined) {
      return current;
    }
    current = inner;
  }
  return current;
}

/** The value of an expression within another; one that no policy can have is looked at later by itself. */
export function valueWithin(
  reader: ProgramReader,
  expression: Expression,
  read: ProgramLanguage['read'],
): ProgramValue {
  const value = reader.nested(() => read(reader, expression));
  if (value === undefined) {
    reader.later(expression);
    return opaque(expression.from, expression.to);
  }
  return value;
}

/**
 * One of several values, not all of which are known. `undefined` if none that is known has parts: they are then looked
 * at by themselves.
 */
export function readChoices(
  reader: ProgramReader,
  whole: Expression,
  branches: readonly Expression[],
  read: ProgramLanguage['read'],
  more: readonly ProgramValue[] = [],
): ProgramValue | undefined {
  const values = branches.map((branch) => ({ branch, value: reader.nested(() => read(reader, branch)) }));
  if (!values.some(({ value }) => value !== undefined && HAS_PARTS.has(value.kind))) {
    return undefined;
  }
  const known = values.map(({ branch, value }) => {
    if (value === undefined) {
      reader.later(branch);
    }
    // `name ?? ''`: no text at all stands for there being none.
    return value === undefined || isEmptyText(value) ? opaque(branch.from, branch.to) : value;
  });
  return oneOf([...known, ...more], whole.from, whole.to);
}

/** Whether a value is a text without letters. */
export function isEmptyText(value: ProgramValue): boolean {
  return value.kind === 'string' && value.pieces.every(({ start, end }) => start === end);
}

const HAS_PARTS: ReadonlySet<ProgramValue['kind']> = new Set(['object', 'array', 'string']);

/** The names that an expression puts together with dots, the last ones behind the rest, and where the last of them stands. */
export function pathOf(
  { text }: ProgramReader,
  callee: Expression,
): { readonly path: readonly string[]; readonly last: Expression } {
  const path: string[] = [];
  const add = ({ from, to }: Expression): void => {
    path.unshift(text.slice(from, Math.min(to, from + LONGEST_NAME)));
  };
  let current = callee.name === 'super' ? superclassOf(callee) : callee;
  while (current.name === 'MemberExpression' && path.length < MOST_NAMES) {
    add(current.lastChild ?? current);
    current = current.firstChild ?? current;
    // `role.assumeRolePolicy!` is that property.
    if (current.name === 'PostfixExpression') {
      current = current.firstChild ?? current;
    }
  }
  add(current);
  const last = callee.name === 'MemberExpression' ? (callee.lastChild ?? callee) : callee;
  return { path, last };
}

/** What a class extends in whose constructor `super` is called (ECMA-262, "The super Keyword"). */
function superclassOf(call: Expression): Expression {
  let around = call.parent;
  while (around !== null && !/^Class(?:Declaration|Expression)$/.test(around.name)) {
    around = around.parent;
  }
  return around?.getChild('extends')?.nextSibling ?? call;
}

/** The names of the call that an expression is an argument of, also within lists. */
function takerOf(reader: ProgramReader, expression: Expression): string | undefined {
  let around = expression.parent;
  while (around !== null && /^(?:Array|Parenthesized)Expression$/.test(around.name)) {
    around = around.parent;
  }
  const callee = around?.name === 'ArgList' ? around.prevSibling : null;
  return callee === null ? undefined : pathOf(reader, callee).path.join('.');
}

const MOST_NAMES = 6;
const LONGEST_NAME = 100;

/** Deeper than this no policy is, and it bounds every recursion. */
export const MAX_DEPTH = 200;
