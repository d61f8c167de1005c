import { firstIndex } from '../../pattern/bisect';
import { lineEnd } from './hclText';

/** The marker of a heredoc and where its lines begin and end. */
export interface HeredocExtent {
  readonly indented: boolean;
  readonly from: number;
  /** The beginning of the line with the marker. */
  readonly to: number;
  readonly end: number;
  readonly closed: boolean;
}

/**
 * The heredocs of a text. Its lines are looked at once, when the first heredoc is asked for, so that many of them without
 * their ends cost no more than one.
 */
export class Heredocs {
  readonly #text: string;
  #lines: Lines | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param from the first of the two `<`; `undefined` where no heredoc begins */
  at(from: number): HeredocExtent | undefined {
    const text = this.#text;
    const line = lineEnd(text, from);
    const [, dash, marker] = OPENING.exec(text.slice(from, Math.min(line, from + LONGEST_LINE))) ?? [];
    if (marker === undefined) {
      return undefined;
    }
    this.#lines ??= linesOf(text);
    const { words, blocks, openings } = this.#lines;
    const body = Math.min(text.length, line + 1);
    const indented = dash === '-';
    const to = firstFrom(words.get(marker), body);
    // A block that begins in front of the marker, and a heredoc with the same marker in it: the marker here is yet to come.
    const block = firstFrom(blocks, body);
    const other = block === undefined ? undefined : firstFrom(openings.get(marker), block);
    if (to !== undefined && (other === undefined || other > to)) {
      const end = to + text.slice(to, lineEnd(text, to)).trimEnd().length;
      return { indented, from: body, to, end, closed: true };
    }
    const end = block === undefined ? text.length : behindContent(text, body, block);
    return { indented, from: body, to: end, end, closed: false };
  }
}

/** Longer lines hold no marker. */
const LONGEST_LINE = 300;

const OPENING = /^<<(-?)([\p{L}_][\p{L}\d_-]*)[ \t]*\r?$/u;

/** Where the lines begin that mean something to a heredoc, in ascending order. */
interface Lines {
  /** Those of nothing but a word, by the word. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** Those that begin a block of Terraform that stands by itself. */
  readonly blocks: readonly number[];
  /** Those that open a heredoc, by its marker. */
  readonly openings: ReadonlyMap<string, readonly number[]>;
}

function linesOf(text: string): Lines {
  const words = new Map<string, number[]>();
  const openings = new Map<string, number[]>();
  const blocks: number[] = [];
  for (let at = 0; at < text.length; at = lineEnd(text, at) + 1) {
    const end = lineEnd(text, at);
    const line = text.slice(at, Math.min(end, at + LONGEST_LINE));
    const word = line.trim();
    if (WORD.test(word)) {
      add(words, word, at);
    } else {
      const marker = /<<-?([\p{L}_][\p{L}\d_-]*)$/u.exec(word)?.[1];
      if (marker !== undefined) {
        add(openings, marker, at);
      } else if (BLOCK.test(line)) {
        blocks.push(at);
      }
    }
  }
  return { words, blocks, openings };
}

const WORD = /^[\p{L}_][\p{L}\d_-]*$/u;

const BLOCK =
  /^(?:resource|data|module|variable|output|locals|provider|terraform|moved|import|removed|check|ephemeral)\b[^={]*\{\s*(?:\}\s*)?$/;

function add(lines: Map<string, number[]>, name: string, at: number): void {
  const known = lines.get(name);
  if (known === undefined) {
    lines.set(name, [at]);
  } else {
    known.push(at);
  }
}

/** The first of ascending numbers that is no less than another. */
function firstFrom(sorted: readonly number[] = [], least: number): number | undefined {
  return sorted[firstIndex(sorted.length, (index) => (sorted[index] ?? 0) >= least)];
}

/** Where the lines of an open heredoc end in front of a block: the brace above that block closes the one around. */
function behindContent(text: string, from: number, block: number): number {
  const above = text.slice(from, block).trimEnd();
  const last = above.lastIndexOf('\n') + 1;
  return above.slice(last).replace('\r', '') === '}' ? from + last : from + above.length;
}
