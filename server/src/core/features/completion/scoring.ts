import { isWordStart, occurs } from './matching';

/** A text made ready to be searched. */
export class Letters {
  readonly text: string;
  readonly lower: string;
  /** One bit for each letter of the alphabet that occurs, and one for all else. */
  readonly mask: number;
  #starts: Uint8Array | undefined;

  constructor(text: string) {
    this.text = text;
    this.lower = text.toLowerCase();
    this.mask = maskOf(this.lower);
  }

  /** 1 where a word begins. */
  get starts(): Uint8Array {
    this.#starts ??= Uint8Array.from({ length: this.text.length }, (_, at) =>
      isWordStart(this.text, at) ? 1 : 0,
    );
    return this.#starts;
  }
}

function maskOf(lower: string): number {
  let mask = 0;
  for (let at = 0; at < lower.length; at += 1) {
    const code = lower.charCodeAt(at) - A;
    mask |= code >= 0 && code < 26 ? 1 << code : DIGITS;
  }
  return mask;
}

const A = 97;
const DIGITS = 1 << 26;

/** Every letter that fits counts. */
const LETTER = 1;
/** One that goes on from the letter before. */
const NEXT = 5;
/** The first letter of the text, and of a later word of it. */
const TEXT_START = 6;
const WORD_START = 4;
/** A letter in the middle of nowhere: more likely chance than meaning. */
const SCATTERED = -5;
/** Words that are passed over, and what is left behind the last letter. */
const SKIPPED_WORD = -1;
const LEFT_WORD = -0.4;
const LEFT_LETTER = -0.02;
/** All of the text is there. */
const ALL = 2;

/** Less than this for each letter is chance. */
const LEAST_FOR_LETTER = 1;

/**
 * How well the letters of a word fit a text in which they occur in this order, the better the higher: runs of letters
 * from the start of words on count most. `undefined` where they do not occur, or only by chance. `from-start` wants the
 * first letter at the start of the text, and every gap to end at the start of a word.
 *
 * The work is the product of both lengths.
 *
 * @param word lower-case letters and digits
 */
export function scoreOf(word: string, letters: Letters, how: 'from-start' | 'anywhere'): number | undefined {
  const { lower, mask } = letters;
  if (
    word.length > lower.length ||
    (maskOf(word) & ~mask) !== 0 ||
    (how === 'from-start' && word.charCodeAt(0) !== lower.charCodeAt(0)) ||
    !occurs(word, lower)
  ) {
    return undefined;
  }
  const strict = how === 'from-start';
  const length = lower.length;
  const { starts } = letters;
  // For each place of the text, the best way to end the first letters of the word there.
  let previous: number[] = [];
  let current: number[] = [];
  for (let letter = 0; letter < word.length; letter += 1) {
    const wanted = word.charCodeAt(letter);
    // The best before a gap; each word start that is passed costs.
    let beforeGap = Number.NEGATIVE_INFINITY;
    let skipped = 0;
    for (let at = 0; at < length; at += 1) {
      const isStart = starts[at] === 1;
      current[at] = Number.NEGATIVE_INFINITY;
      if (lower.charCodeAt(at) === wanted) {
        if (letter === 0) {
          current[at] =
            at === 0
              ? LETTER + TEXT_START
              : strict
                ? Number.NEGATIVE_INFINITY
                : LETTER + (isStart ? WORD_START : SCATTERED) + skipped;
        } else {
          const next = (at > 0 ? (previous[at - 1] ?? 0) : Number.NEGATIVE_INFINITY) + NEXT;
          const gap = isStart
            ? beforeGap + WORD_START
            : strict
              ? Number.NEGATIVE_INFINITY
              : beforeGap + SCATTERED;
          current[at] = LETTER + Math.max(next, gap);
        }
      }
      beforeGap = Math.max(beforeGap, at > 0 ? (previous[at - 1] ?? 0) : Number.NEGATIVE_INFINITY);
      if (isStart) {
        skipped += SKIPPED_WORD;
        beforeGap += SKIPPED_WORD;
      }
    }
    [previous, current] = [current, previous];
  }
  let left = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let at = length - 1; at >= 0; at -= 1) {
    const end = (previous[at] ?? 0) + left + (at === length - 1 && word.length === length ? ALL : 0);
    best = Math.max(best, end);
    left += LEFT_LETTER + (starts[at] === 1 ? LEFT_WORD : 0);
  }
  return best < word.length * LEAST_FOR_LETTER ? undefined : best;
}
