import type { Tree, TreeCursor } from '@lezer/common';
import type { Steps } from '../../steps';
import type { ProgramLanguage } from './reader';

/** A program as it parses when what is half-typed in it is completed, each letter where it is. */
export interface Parsed {
  readonly tree: Tree;
  /** Offsets of literals that lack their closing quote, with where their letters end. */
  readonly unterminated: ReadonlyMap<number, number>;
  /** Where a value lacks, for which there is a number in the tree. */
  readonly missing: ReadonlySet<number>;
  /** Where something is faulty, in order. */
  readonly faults: readonly number[];
  /** Those of them that are left when what is half-typed is completed. */
  readonly faultsLeft: readonly number[];
}

/** Parses a program in which literals may lack their closing quote, and members what stands behind their names. */
export function* parseHalfTyped(text: string, language: ProgramLanguage): Steps<Parsed> {
  let reading = yield* readingOf(text, language);
  let gaps: readonly Gap[] = [];
  function* fill(): Steps<void> {
    const tried = gaps.length === 0 && reading.isWhole ? gapsAt(reading.text, reading.faults) : [];
    const next = tried.length === 0 ? undefined : yield* readingOf(filled(reading.text, tried), language);
    // Where it was something else, the parser is no better off.
    if (next?.isWhole === true && next.faults.length < reading.faults.length) {
      reading = next;
      gaps = tried;
    }
  }
  yield* fill();
  const unterminated = new Map<number, number>();
  for (let round = 0; round < MAX_ROUNDS && reading.open !== undefined && reading.isWhole; round += 1) {
    const { from, to } = reading.open;
    const end = from + 1 + contentLength(text.slice(from + 1, to));
    unterminated.set(from, end);
    reading = yield* readingOf(quoted(reading.text, from, end), language);
  }
  yield* fill();
  const places = [...reading.faults, ...unterminated.keys(), ...gaps.map(({ start }) => start)];
  return {
    tree: reading.tree,
    unterminated,
    missing: new Set(gaps.flatMap(missingIn)),
    faults: places.toSorted((a, b) => a - b),
    faultsLeft: reading.faults,
  };
}

/** More are in no text that somebody is typing. */
const MAX_ROUNDS = 3;
const MAX_GAPS = 8;

interface Reading {
  readonly text: string;
  readonly tree: Tree;
  readonly faults: readonly number[];
  /** The first literal that lacks its quote. */
  readonly open: Stretch | undefined;
  /** Whether all of the text was parsed. */
  readonly isWhole: boolean;
}

function* readingOf(text: string, language: ProgramLanguage): Steps<Reading> {
  const tree = yield* language.parse(text);
  return { text, tree, ...(yield* lookOver(tree, text, language)), isWhole: tree.length >= text.length };
}

/** A text with a quote at the end of a literal. One of no letters has no place for it, and reads as a number. */
function quoted(text: string, from: number, end: number): string {
  return end > from + 1
    ? `${text.slice(0, end - 1)}${text.charAt(from)}${text.slice(end)}`
    : `${text.slice(0, from)}0${text.slice(from + 1)}`;
}

/**
 * Blanks in which what is yet to be typed is written, for the parser: the end of a member, or all but its name. A name
 * stands between one and the next.
 */
interface Gap {
  readonly start: number;
  readonly text: string;
}

/** Where a comma, a value or both lack in front of some faults. */
function gapsAt(text: string, faults: readonly number[]): readonly Gap[] {
  const gaps = new Map<number, Gap>();
  for (const fault of faults.slice(0, MAX_GAPS)) {
    const gap = gapInLine(text, fault) ?? gapBeforeLine(text, fault);
    if (gap !== undefined) {
      gaps.set(gap.start, gap);
    }
  }
  return [...gaps.values()].toSorted((a, b) => a.start - b.start);
}

/** `"Sid": ,` lacks a value. */
function gapInLine(text: string, fault: number): Gap | undefined {
  const start = endOfWritten(text, fault);
  return text.charAt(start - 1) === ':' && /^[ \t]{1,40}[,}\])]/.test(text.slice(start, start + 41))
    ? { start, text: '0' }
    : undefined;
}

/** What lacks at the end of a line, if the next one begins with a name and its colon. */
function gapBeforeLine(text: string, fault: number): Gap | undefined {
  const lineStart = text.lastIndexOf('\n', fault - 1) + 1;
  if (!LINE_OF_MEMBER.test(text.slice(lineStart, lineStart + LONGEST_NAME))) {
    return undefined;
  }
  const end = endOfWritten(text, lineStart);
  const gap = gapBehind(lineBefore(text, end), end);
  // Nothing but blanks gives way, and the comma that comes again.
  return gap !== undefined && /^,?\s*$/.test(text.slice(gap.start, gap.start + gap.text.length))
    ? gap
    : undefined;
}

function gapBehind(line: string, end: number): Gap | undefined {
  if (line.endsWith(':')) {
    return { start: end, text: '0,' };
  }
  const member = line.slice(line.lastIndexOf('{') + 1);
  if (LONE_NAME.test(member)) {
    return { start: member.endsWith(',') ? end - 1 : end, text: ':0,' };
  }
  return /[\w"'`\])}]$/.test(line) && hasQuotesInPairs(line) ? { start: end, text: ',' } : undefined;
}

/** What stands before an offset in its line, or the end of that. */
function lineBefore(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - LONGEST_NAME), offset);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** Whether each literal of a line ends in it, as far as can be told. */
function hasQuotesInPairs(line: string): boolean {
  return ['"', "'", '`'].every((quote) => line.split(quote).length % 2 === 1);
}

const LINE_OF_MEMBER = /^[ \t]{0,80}(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|[\w$]{1,80})[ \t]{0,10}:/;
const LONE_NAME = /^[ \t]{0,80}(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|[\w$]{1,80}),?$/;
const LONGEST_NAME = 200;

/** Where what stands before an offset ends, without the blanks behind it. */
function endOfWritten(text: string, offset: number): number {
  const from = Math.max(0, offset - LONGEST_NAME);
  return from + text.slice(from, offset).trimEnd().length;
}

function missingIn({ start, text }: Gap): readonly number[] {
  const at = text.indexOf('0');
  return at < 0 ? [] : [start + at];
}

function filled(text: string, gaps: readonly Gap[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const gap of gaps) {
    parts.push(text.slice(end, gap.start), gap.text);
    end = gap.start + gap.text.length;
  }
  return `${parts.join('')}${text.slice(end)}`;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The faults of a tree, and the first literal that lacks its quote: what follows it may be read the wrong way round. */
function* lookOver(
  tree: Tree,
  text: string,
  language: ProgramLanguage,
): Steps<{ readonly faults: readonly number[]; readonly open: Stretch | undefined }> {
  let open: Stretch | undefined;
  let onLine: Stretch[] = [];
  let last = 0;
  const faults: number[] = [];
  const lookAt = ({ type, from, to }: TreeCursor): void => {
    if (type.isError) {
      faults.push(from);
    } else if (open === undefined && language.isLineLiteral(type.name)) {
      const quote = text.charAt(from);
      // Three quotes in a row are no line's, and what lacks one cannot have taken them.
      if ((quote !== '"' && quote !== "'") || isWholeBlock(text, { from, to }, quote)) {
        return;
      }
      if (text.slice(last, from).includes('\n')) {
        onLine = [];
      }
      last = to;
      if (to > from + 1 && text.charAt(to - 1) === quote) {
        onLine.push({ from, to });
      } else {
        // A quote without its partner takes that of the next literal, and the last one of the line is left over.
        open = onLine.find((each) => SWALLOWED.test(text.slice(each.from, each.to))) ?? { from, to };
      }
    }
  };
  const cursor = tree.cursor();
  let looked = 0;
  do {
    // Building the tree has taken its time already.
    if (looked % LOOKED_AT_AT_ONCE === 0) {
      yield;
    }
    looked += 1;
    lookAt(cursor);
  } while (cursor.next());
  return { faults, open };
}

/** Whether a literal has three quotes at both ends, as Python writes those of several lines. */
function isWholeBlock(text: string, { from, to }: Stretch, quote: string): boolean {
  const quotes = quote.repeat(3);
  return to - from >= 6 && text.startsWith(quotes, from) && text.startsWith(quotes, to - 3);
}

/** So many nodes take some milliseconds at most. */
const LOOKED_AT_AT_ONCE = 10_000;

/** A literal that has taken the end of a list, or the name of the next member, for its letters. */
const SWALLOWED = /[\])}]\s{0,20},|,\s{0,20}\w{1,40}\s{0,20}:/;

/** How many letters of an open literal are its own: what closes the brackets around it is not. */
function contentLength(rest: string): number {
  const line = rest.slice(0, Math.max(0, rest.search(/[\r\n]|$/)));
  if (SWALLOWED.test(line)) {
    return line.search(/[\s,\])}]/);
  }
  return line.replace(/(?<![\s,;)\]}])[\s,;)\]}]*$/, '').length;
}
