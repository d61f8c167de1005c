import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { SourceText } from './nodes';

/**
 * A parsed text as numbers, value after value in source order. A large policy has tens of thousands of values and
 * hardly any is looked at after each keystroke: as numbers they cost next to nothing, while objects would have to be
 * made, and moved by the garbage collector, all of them. `jsonNodes.ts` makes those that somebody asks for.
 *
 * A value has a cell each for what it is, for its start and for its end in the source's text. A container has three
 * more: where the next value begins, behind all that is in it; how many values or members are in it; and how many of
 * its characters are white space. A member has its key, one cell for its own end, and its value.
 */
export class JsonTape {
  readonly source: SourceText;
  #cells: Int32Array;
  #length = 0;
  #scanner: JSONScanner | undefined;

  constructor(source: SourceText) {
    this.source = source;
    // Policies that are written for people need less; whatever needs more gets it.
    this.#cells = new Int32Array(64 + (source.text.length >> 2));
  }

  /** Where the next value will stand. */
  get length(): number {
    return this.#length;
  }

  cell(at: number): number {
    return this.#cells[at] as number;
  }

  setCell(at: number, value: number): void {
    this.#cells[at] = value;
  }

  /** Writes a value, with more cells of zeros behind it where it takes them. Gives its place. */
  write(what: number, start: number, end: number, more = 0): number {
    const at = this.#length;
    if (at + VALUE_CELLS + more > this.#cells.length) {
      const cells = new Int32Array(2 * this.#cells.length);
      cells.set(this.#cells);
      this.#cells = cells;
    }
    const cells = this.#cells;
    cells[at] = what;
    cells[at + START] = start;
    cells[at + END] = end;
    this.#length = at + VALUE_CELLS + more;
    return at;
  }

  /** What the value at a place is: one of the constants below. */
  what(at: number): number {
    return (this.#cells[at] as number) & WHAT;
  }

  has(at: number, flag: number): boolean {
    return ((this.#cells[at] as number) & flag) !== 0;
  }

  /** The place of what follows the value at a place, and all that is in it. */
  after(at: number): number {
    return this.what(at) >= ARRAY ? (this.#cells[at + NEXT] as number) : at + VALUE_CELLS;
  }

  /** What a string says. */
  text(at: number): string {
    const cells = this.#cells;
    const start = cells[at + START] as number;
    if (this.has(at, PLAIN)) {
      return this.source.text.slice(start + 1, (cells[at + END] as number) - 1);
    }
    this.#scanner ??= createScanner(this.source.text, false);
    this.#scanner.setPosition(start);
    this.#scanner.scan();
    return this.#scanner.getTokenValue();
  }
}

/** The cells of every value, and those that containers have besides. */
export const START = 1;
export const END = 2;
export const NEXT = 3;
export const COUNT = 4;
export const BLANKS = 5;
export const VALUE_CELLS = 3;
export const CONTAINER_CELLS = 6;
/** From a member's key. */
export const MEMBER_END = 3;
export const MEMBER_VALUE = 4;

/** What a value is; the containers come last. */
export const ABSENT = 0;
export const STRING = 1;
export const NUMBER = 2;
export const BOOLEAN = 3;
export const NULL = 4;
export const OPAQUE = 5;
export const ARRAY = 6;
export const OBJECT = 7;
const WHAT = 7;

/** Beside it: the closing quote or bracket is there; a string stands in the text as it reads, without escapes. */
export const CLOSED = 8;
export const PLAIN = 16;
