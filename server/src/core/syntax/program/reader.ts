import type { SyntaxNode as Expression, Tree } from '@lezer/common';
import type { ObjectValue, ProgramEntry, ProgramValue } from './values';

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
  /** What is named in the call itself, as in Python. */
  named(): readonly ProgramEntry[];
  /** Whether nobody can get hold of what it gives but the expression around, so that nothing is added to it. */
  readonly isInPlace: boolean;
  /** Whether it is half-typed, or takes arguments that cannot be seen. */
  readonly isOpen: boolean;
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

/** Deeper than this no policy is, and it bounds every recursion. */
export const MAX_DEPTH = 200;
