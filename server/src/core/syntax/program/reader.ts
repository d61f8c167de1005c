import type { SyntaxNode as Expression, Tree } from '@lezer/common';
import { type ObjectValue, oneOf, opaque, type ProgramEntry, type ProgramValue } from './values';

/**
 * What reads the expressions of one language. An expression that comes to no value of a policy is opaque; what stands in
 * it is handed back, to be looked at by itself.
 */
export interface ProgramReader {
  readonly text: string;
  /** Offsets at which a literal begins that lacks its closing quote, with where its letters end. */
  readonly unterminated: ReadonlyMap<number, number>;
  /** Whether nothing in an expression is half-typed or faulty. */
  isWhole(expression: Expression): boolean;
  /** Notes an expression whose parts are yet to be looked at. */
  later(expression: Expression): void;
  /** Whether a word stands anywhere in the program. */
  mentions(word: string): boolean;
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

/** A language of programs. */
export interface ProgramLanguage {
  parse(text: string): Tree;
  /** The types of nodes of string literals that end with their line. */
  isLineLiteral(name: string): boolean;
  /** The value of an expression; `undefined` for what is none that a policy could stand in. */
  read(reader: ProgramReader, expression: Expression): ProgramValue | undefined;
  /**
   * What a call of anything gives names to, as an object: the names tell what their values are. What else stands in the
   * call is handed back. `undefined` where it names nothing.
   */
  named?(reader: ProgramReader, expression: Expression): ObjectValue | undefined;
}

/** The children of a node but comments. */
export function* childrenOf(expression: Expression): Generator<Expression> {
  for (let child = expression.firstChild; child !== null; child = child.nextSibling) {
    if (!/Comment$/.test(child.name)) {
      yield child;
    }
  }
}

/**
 * One of several values, of which not all are known. `undefined` where none is known that has parts: they are then looked at
 * by themselves.
 */
export function readChoices(
  reader: ProgramReader,
  whole: Expression,
  branches: readonly Expression[],
  read: ProgramLanguage['read'],
  more: readonly ProgramValue[] = [],
): ProgramValue | undefined {
  const values = branches.map((branch) => reader.nested(() => read(reader, branch)));
  if (!values.some((value) => value !== undefined && HAS_PARTS.has(value.kind))) {
    return undefined;
  }
  const known = values.map((value, index) => {
    const branch = branches[index] ?? whole;
    if (value === undefined) {
      reader.later(branch);
    }
    return value ?? opaque(branch.from, branch.to);
  });
  return oneOf([...known, ...more], whole.from, whole.to);
}

const HAS_PARTS: ReadonlySet<ProgramValue['kind']> = new Set(['object', 'array', 'string']);

/** The names that an expression puts together with dots, the last ones, and where the last of them stands. */
export function pathOf(
  { text }: ProgramReader,
  callee: Expression,
): { readonly path: readonly string[]; readonly last: Expression } {
  const path: string[] = [];
  let current: Expression | null = callee;
  while (current?.name === 'MemberExpression' && path.length < MOST_NAMES) {
    const name: Expression | null = current.lastChild;
    path.unshift(name === null ? '' : text.slice(name.from, Math.min(name.to, name.from + LONGEST_NAME)));
    current = current.firstChild;
  }
  if (current !== null && current.to - current.from <= LONGEST_NAME) {
    path.unshift(text.slice(current.from, current.to));
  }
  const last = callee.name === 'MemberExpression' ? (callee.lastChild ?? callee) : callee;
  return { path, last };
}

const MOST_NAMES = 6;
const LONGEST_NAME = 100;

/** Deeper than this no policy is, and it bounds every recursion. */
export const MAX_DEPTH = 200;
