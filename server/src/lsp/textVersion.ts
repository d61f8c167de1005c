import type { Position, Range } from 'vscode-languageserver';
import type { Span } from '../core/index';

/** What a text is asked; documents of the library `vscode-languageserver-textdocument` are such texts too. */
export interface Text {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly lineCount: number;
  getText(range?: Range): string;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/**
 * One version of a text, which never changes: what was computed for it stays valid. The next version takes over where
 * its lines begin, since finding that in a long text takes longer than most requests.
 */
export class TextVersion implements Text {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  #text: string;
  #lines: Int32Array | undefined;
  #make: (() => TextVersion) | undefined;

  constructor(uri: string, languageId: string, version: number, content: string, lines?: Int32Array) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.#text = content;
    this.#lines = lines;
  }

  /** A version whose text and lines are those of another, which is made when somebody asks for them. */
  static later(uri: string, languageId: string, version: number, make: () => TextVersion): TextVersion {
    const text = new TextVersion(uri, languageId, version, '');
    text.#make = make;
    return text;
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  getText(range?: Range): string {
    return range === undefined
      ? this.#content
      : this.#content.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }

  /** Within a line break it is the end of the line before. */
  positionAt(offset: number): Position {
    const lines = this.#lineStarts;
    const known = Math.max(0, Math.min(offset, this.#content.length));
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] as number) > known) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const start = lines[low - 1] as number;
    return { line: low - 1, character: this.#beforeBreak(known, start) - start };
  }

  /** Behind the end of a line it is that end, before the text its beginning, and behind it its end. */
  offsetAt({ line, character }: Position): number {
    const lines = this.#lineStarts;
    if (line >= lines.length) {
      return this.#content.length;
    }
    if (line < 0) {
      return 0;
    }
    const start = lines[line] as number;
    if (character <= 0) {
      return start;
    }
    const end = line + 1 < lines.length ? (lines[line + 1] as number) : this.#content.length;
    return this.#beforeBreak(Math.min(start + character, end), start);
  }

  /** The version after a part of the text became another one. The span is half-open, and lies within the text. */
  replaced({ start, end }: Span, text: string, version: number): TextVersion {
    const content = this.#content.slice(0, start) + text + this.#content.slice(end);
    // Where an edit puts together, or takes apart, the two characters of a line break, lines are looked for again.
    const isInBreak = (before: string, after: string) => before === '\r' && after === '\n';
    const isSplit =
      isInBreak(this.#content.charAt(start - 1), this.#content.charAt(start)) ||
      isInBreak(this.#content.charAt(end - 1), this.#content.charAt(end)) ||
      isInBreak(this.#content.charAt(start - 1), text === '' ? this.#content.charAt(end) : text.charAt(0)) ||
      isInBreak(text.at(-1) ?? '', this.#content.charAt(end));
    const lines = isSplit
      ? undefined
      : start === end && text === ''
        ? this.#lines
        : spliced(this.#lineStarts, this.positionAt(start).line + 1, this.positionAt(end).line + 1, {
            inserted: lineStartsBehind(text, start),
            shift: text.length - (end - start),
          });
    return new TextVersion(this.uri, this.languageId, version, content, lines);
  }

  get #content(): string {
    if (this.#make !== undefined) {
      const made = this.#make();
      this.#make = undefined;
      this.#text = made.#content;
      this.#lines = made.#lines;
    }
    return this.#text;
  }

  get #lineStarts(): Int32Array {
    const content = this.#content;
    this.#lines ??= Int32Array.from([0, ...lineStartsBehind(content, 0)]);
    return this.#lines;
  }

  #beforeBreak(offset: number, lineStart: number): number {
    let before = offset;
    while (before > lineStart && isLineBreak(this.#content.charCodeAt(before - 1))) {
      before -= 1;
    }
    return before;
  }
}

/** A list with another part, and the numbers behind that part shifted. */
function spliced(
  list: Int32Array,
  from: number,
  to: number,
  { inserted, shift }: { readonly inserted: readonly number[]; readonly shift: number },
): Int32Array {
  const result = new Int32Array(list.length - (to - from) + inserted.length);
  result.set(list.subarray(0, from));
  result.set(inserted, from);
  const behind = from + inserted.length;
  result.set(list.subarray(to), behind);
  if (shift !== 0) {
    for (let at = behind; at < result.length; at += 1) {
      result[at] = (result[at] as number) + shift;
    }
  }
  return result;
}

/**
 * Where a line begins behind each line break of a text that begins at an offset. The search for a letter is the
 * engine's own: of the first long document each letter would be looked at before anything has been compiled.
 */
function lineStartsBehind(text: string, offset: number): readonly number[] {
  const starts: number[] = [];
  const ahead = (letter: string, from: number): number => {
    const at = text.indexOf(letter, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  let feed = ahead('\n', 0);
  let carriage = ahead('\r', 0);
  while (feed < text.length || carriage < text.length) {
    const next = carriage + 1 === feed ? feed + 1 : Math.min(feed, carriage) + 1;
    starts.push(offset + next);
    feed = feed < next ? ahead('\n', next) : feed;
    carriage = carriage < next ? ahead('\r', next) : carriage;
  }
  return starts;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function isLineBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}
