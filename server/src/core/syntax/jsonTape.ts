import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { SourceText } from './nodes';

/**
 * A parsed text as numbers, value after value in source order. A large policy has tens of thousands of values and
 * hardly any is looked at after a keystroke: as numbers they cost next to nothing, while objects would have to be made,
 * and moved by the garbage collector, all of them. `jsonNodes.ts` makes those that somebody asks for.
 *
 * A value has a cell each for what it is, for its start and for its end. A container has three more: where on the tape
 * the next value begins, behind all that is in it; how many values or members are in it; and how many of its characters
 * are white space. A member is its key, with one cell for its own end, and its value. Starts and ends are indexes into
 * the source's text, half-open; every other number that goes in or out is a place on the tape.
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

  /** Writes a value that is no container. */
  write(what: number, start: number, end: number): void {
    this.#write(what, start, end, VALUE_CELLS);
  }

  /** Writes the key of a member, whose value is to be written next. Gives the member's place. */
  writeKey(what: number, start: number, end: number): number {
    return this.#write(what, start, end, KEY_CELLS);
  }

  endMember(at: number, end: number): void {
    this.#cells[at + MEMBER_END] = end;
  }

  /** Begins a container; what is in it is to be written next. Gives its place. */
  openContainer(what: number, start: number): number {
    return this.#write(what, start, start, CONTAINER_CELLS);
  }

  closeContainer(
    at: number,
    container: {
      readonly end: number;
      readonly closed: boolean;
      readonly count: number;
      readonly blanks: number;
    },
  ): void {
    const cells = this.#cells;
    cells[at] = (cells[at] as number) | (container.closed ? CLOSED : 0);
    cells[at + END] = container.end;
    cells[at + NEXT] = this.#length;
    cells[at + COUNT] = container.count;
    cells[at + BLANKS] = container.blanks;
  }

  #write(what: number, start: number, end: number, size: number): number {
    const at = this.#length;
    if (at + size > this.#cells.length) {
      const cells = new Int32Array(2 * this.#cells.length);
      cells.set(this.#cells);
      this.#cells = cells;
    }
    const cells = this.#cells;
    cells[at] = what;
    cells[at + START] = start;
    cells[at + END] = end;
    this.#length = at + size;
    return at;
  }

  /** One of the constants below, without flags. */
  what(at: number): number {
    return this.#cell(at) & WHAT;
  }

  isClosed(at: number): boolean {
    return (this.#cell(at) & CLOSED) !== 0;
  }

  start(at: number): number {
    return this.#cell(at + START);
  }

  end(at: number): number {
    return this.#cell(at + END);
  }

  /** How many characters of a container are white space. */
  blanks(at: number): number {
    return this.#cell(at + BLANKS);
  }

  /** How many values or members are in a container. */
  count(at: number): number {
    return this.#cell(at + COUNT);
  }

  memberEnd(at: number): number {
    return this.#cell(at + MEMBER_END);
  }

  /** The value of a member. */
  memberValue(at: number): number {
    return at + KEY_CELLS;
  }

  /** The items of an array or the members of an object. */
  children(at: number): readonly number[] {
    const children = new Array<number>(this.count(at));
    const keySize = this.what(at) === OBJECT ? KEY_CELLS : 0;
    let child = at + CONTAINER_CELLS;
    for (let index = 0; index < children.length; index += 1) {
      children[index] = child;
      const value = child + keySize;
      child = this.what(value) >= ARRAY ? this.#cell(value + NEXT) : value + VALUE_CELLS;
    }
    return children;
  }

  /** What a string says. */
  text(at: number): string {
    const { text } = this.source;
    if ((this.#cell(at) & PLAIN) !== 0) {
      return text.slice(this.start(at) + 1, this.end(at) - 1);
    }
    this.#scanner ??= createScanner(text, false);
    this.#scanner.setPosition(this.start(at));
    this.#scanner.scan();
    // The quotes of an expression of a template within a string do not end it.
    return this.#scanner.getPosition() < this.end(at) ? this.#withQuotes(at) : this.#scanner.getTokenValue();
  }

  #withQuotes(at: number): string {
    const content = this.source.text.slice(this.start(at) + 1, this.end(at) - (this.isClosed(at) ? 1 : 0));
    const escaped = content.replaceAll(/(\\.)|"/gs, (_, written: string | undefined) => written ?? '\\"');
    const scanner = createScanner(`"${escaped}"`, false);
    scanner.scan();
    return scanner.getTokenValue();
  }

  #cell(at: number): number {
    return this.#cells[at] as number;
  }
}

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

/** Flags of strings: the closing quote is there; the text stands between the quotes as it reads, without escapes. */
export const CLOSED = 8;
export const PLAIN = 16;

const START = 1;
const END = 2;
const VALUE_CELLS = 3;
const MEMBER_END = 3;
const KEY_CELLS = 4;
const NEXT = 3;
const COUNT = 4;
const BLANKS = 5;
const CONTAINER_CELLS = 6;
