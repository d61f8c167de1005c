import type { HclName } from './hclSyntax';
import {
  behindBlanks,
  behindWord,
  CLOSE_BRACE,
  type Comments,
  indentationAt,
  isFirstOnLine,
  lineEnd,
  QUOTE,
  quotedExtent,
} from './hclText';

export const CLOSE_PAREN = 0x29;
export const CLOSE_BRACKET = 0x5d;

/** Where the reading of a text is, which brackets are open around it, and whether they match. */
export class HclCursor {
  readonly text: string;
  /** Whether the indentation tells what an open bracket holds, see {@link isBehind}; changed where no bracket is open. */
  recovers = false;
  /** A UTF-16 offset. */
  at = 0;
  /** Whether brackets, quotes or heredocs do not match. */
  isBroken = false;
  /** Where that shows, and where something was left out because it could not be read, in order. */
  readonly faults: number[] = [];
  /** Behind the last bracket or quote that closes something. */
  behind = 0;
  /** Whether a line break means nothing here, as between parentheses and in lists. */
  overLines = true;
  /** The brackets around: the character that closes each, how far in its line is, and what line breaks meant before it. */
  readonly #closers: number[] = [];
  readonly #indentations: number[] = [];
  readonly #modes: boolean[] = [];
  readonly #comments: Comments = { openFrom: Number.POSITIVE_INFINITY };

  constructor(text: string) {
    this.text = text;
  }

  /** Where the reading is while no bracket is open; from here on brackets match. */
  note(): { readonly at: number; readonly behind: number; readonly faults: number } {
    this.isBroken = false;
    return { at: this.at, behind: this.behind, faults: this.faults.length };
  }

  /** Reads on from where the reading was, without what was noted since. */
  backTo({ at, behind, faults }: ReturnType<HclCursor['note']>): void {
    this.at = at;
    this.behind = behind;
    this.faults.length = faults;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** How many brackets are open. */
  get brackets(): number {
    return this.#closers.length;
  }

  /** Notes that a bracket, a quote or a heredoc does not match at a place. */
  noteBroken(at: number): void {
    this.isBroken = true;
    this.faults.push(at);
  }

  /** Notes that what stands here is left out; a bracket leaves another one without its partner. */
  noteSkipped(isBracket: boolean): void {
    this.isBroken ||= isBracket;
    this.faults.push(this.at);
  }

  /** Behind blanks and comments. */
  behindBlanks(overLines: boolean): number {
    return behindBlanks(this.text, this.at, overLines, this.#comments);
  }

  /** Goes behind blanks and comments; what stands there. */
  next(overLines: boolean): number {
    this.at = this.behindBlanks(overLines);
    return this.text.charCodeAt(this.at);
  }

  skipTo(): number {
    this.next(this.overLines);
    return this.at;
  }

  /** Goes behind an opening bracket. */
  open(closer: number): void {
    this.#closers.push(closer);
    this.#indentations.push(this.recovers ? indentationAt(this.text, this.at) : 0);
    this.#modes.push(this.overLines);
    this.at += 1;
  }

  /** Takes the closing bracket, if it is there; else that is a fault. */
  close(closer: number): boolean {
    const isThere = this.text.charCodeAt(this.at) === closer && !this.isBehind();
    this.#closers.pop();
    this.#indentations.pop();
    this.overLines = this.#modes.pop() === true;
    if (!isThere) {
      this.noteBroken(this.at);
    }
    this.at += isThere ? 1 : 0;
    this.behind = isThere ? this.at : this.behind;
    return isThere;
  }

  /**
   * Goes to what stands next between brackets, or in the file. A closing bracket that closes nothing is a fault, and skipped.
   * False where nothing more comes: at the end, at a bracket that closes something, or behind one that is missing.
   */
  toNext(): boolean {
    for (;;) {
      const code = this.next(true);
      if (this.isAtEnd || this.isBehind()) {
        return false;
      }
      if (!isCloser(code)) {
        return true;
      }
      if (this.#closers.includes(code)) {
        return false;
      }
      this.noteBroken(this.at);
      this.at += 1;
    }
  }

  /**
   * Whether what stands here is behind the innermost bracket although that has not been closed: it begins a line that is no
   * further in than the line of the bracket.
   */
  isBehind(): boolean {
    if (!this.recovers || !isFirstOnLine(this.text, this.at)) {
      return false;
    }
    const opened = this.#indentations.at(-1);
    if (opened === undefined) {
      return false;
    }
    const here = indentationAt(this.text, this.at);
    return isCloser(this.text.charCodeAt(this.at)) ? here < opened : here <= opened;
  }

  /** Where something without its bracket ends: behind the last that it holds. */
  trimmedEnd(from: number, last: number | undefined): number {
    return last ?? Math.min(from, lineEnd(this.text, from));
  }

  name(): HclName {
    const start = this.at;
    if (this.text.charCodeAt(start) !== QUOTE) {
      this.at = behindWord(this.text, start);
      return { start, end: this.at, quoted: false };
    }
    const { end, closed } = quotedExtent(this.text, start);
    if (!closed) {
      this.noteBroken(start);
    }
    this.at = end;
    return { start, end, quoted: true };
  }
}

/** Whether a character closes a bracket of any kind. */
export function isCloser(code: number): boolean {
  return code === CLOSE_BRACE || code === CLOSE_BRACKET || code === CLOSE_PAREN;
}
