import type { Parser, PartialParse, Tree } from '@lezer/common';
import type { Steps } from '../../steps';

/** What Lezer's parse has beside what it declares. */
interface Recovering {
  /** Above 0 for some steps behind a fault. */
  readonly recovering?: number;
  /** The readings that it goes on with, each with three numbers for each level that is open. */
  readonly stacks?: readonly { readonly stack: readonly number[] }[];
  /** How far it has looked for the ends of tokens. */
  readonly tokens?: { readonly tokens?: readonly { readonly lookAhead: number }[] };
}

/**
 * So many readings are tried behind faults, all steps taken together, and some more in a long text. Most programs of public
 * repositories take none; the others up to 140 for a thousand characters, where they use syntax that the grammar lacks.
 */
const MOST_READINGS = 6_000;
const READINGS_PER_CHARACTER = 0.05;
/** To look so many characters ahead is as much work as a reading. */
const LOOK_AHEAD = 100;
/** To copy so many numbers of what is open too; programs that somebody has written have fewer. */
const COPIED = 1_000;
/**
 * So many numbers of what is open are a thousand levels. Lezer builds the tree by calls within calls, and the stack is too
 * small for some thousands of them, more or fewer by how much of it V8 has optimized: then all of the tree is lost.
 */
const MOST_OPEN = 3_000;

/** So many steps of Lezer's parse take some milliseconds at most. */
const TAKEN_AT_ONCE = 1_000;

/**
 * Parses a program as far as it is one. Behind a fault, and where a text can be read in several ways, Lezer tries several
 * readings of what follows, each at a price that grows with what is open, or with what it looks through: 24,000 asterisks
 * would take eight seconds, and twice as many four times as long.
 *
 * @returns a tree that is shorter than the text where its rest was given up
 */
export function* boundedParse(parser: Parser, text: string): Steps<Tree> {
  const parse: PartialParse & Recovering = parser.startParse(text);
  let left = MOST_READINGS + text.length * READINGS_PER_CHARACTER;
  for (let taken = 1; ; taken += 1) {
    const tree = parse.advance();
    if (tree !== null) {
      return tree;
    }
    const { recovering = 0, stacks = [], tokens: { tokens = [] } = {}, stoppedAt, parsedPos } = parse;
    if (recovering > 0) {
      const ahead = tokens.reduce((most, { lookAhead }) => Math.max(most, lookAhead - parsedPos), 0);
      left -= stacks.length + ahead / LOOK_AHEAD;
    }
    if (stacks.length > 1) {
      left -= stacks.length * Math.floor((stacks[0]?.stack.length ?? 0) / COPIED);
    }
    const isTooDeep = stacks.some(({ stack }) => stack.length > MOST_OPEN);
    if ((left < 0 || isTooDeep) && stoppedAt === null) {
      parse.stopAt(parsedPos);
    }
    if (taken % TAKEN_AT_ONCE === 0) {
      yield;
    }
  }
}
