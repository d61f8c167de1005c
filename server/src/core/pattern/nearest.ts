import { distance } from 'fastest-levenshtein';

/**
 * Beyond this many characters nothing is a misspelt name. A comparison costs the product of both lengths, and words and
 * candidates may both be text of a repository.
 */
const LONGEST = 100;

const MOST_EDITS = 3;

/**
 * Two swapped neighbours and a doubled letter are likelier than any other mistake: `us-esat-1` is us-east-1, `awss` is
 * aws.
 */
const LIKELY_MISTAKE = 0.5;

/**
 * The candidate that a misspelt word was most likely meant to be, for "did you mean".
 *
 * Case does not count. A word may be off by a third of its length and by three edits at most; `undefined` when no
 * candidate is that near, when several are equally near, when the word has more than a hundred characters, or when it is
 * a candidate as it stands.
 *
 * @param most how many edits at most, where fewer than three prove a mistake
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  most: number = MOST_EDITS,
): string | undefined {
  const names = nearestNames(word, candidates, most);
  return names.length === 1 ? names[0] : undefined;
}

/** Whether a word is so near to a candidate that it is a mistake and no word of its own. */
export function isNear(word: string, candidates: Iterable<string>): boolean {
  return nearestNames(word, candidates).length > 0;
}

/** All candidates that are equally near; none if the word is one of them. */
export function nearestNames(
  word: string,
  candidates: Iterable<string>,
  most: number = MOST_EDITS,
): readonly string[] {
  if (word.length > LONGEST) {
    return [];
  }
  const folded = word.toLowerCase();
  const limit = Math.min(most, Math.floor(folded.length / 3));
  let names: string[] = [];
  let least = limit;
  for (const candidate of candidates) {
    if (candidate === word) {
      return [];
    }
    if (Math.abs(candidate.length - word.length) > Math.ceil(least) || candidate.length > LONGEST) {
      continue;
    }
    const edits = editsBetween(folded, candidate.toLowerCase());
    if (edits < least) {
      names = [];
      least = edits;
    }
    if (edits === least && !names.includes(candidate)) {
      names.push(candidate);
    }
  }
  return names;
}

/** Levenshtein's distance, but the likeliest mistakes of the fingers count less than one edit. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  const isMistake =
    (edits === 2 && a.length === b.length && isSwap(a, b)) ||
    (edits === 1 && a.length !== b.length && isDoubled(a, b));
  return isMistake ? LIKELY_MISTAKE : edits;
}

function isSwap(a: string, b: string): boolean {
  const at = firstDifference(a, b);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Whether a letter of the one stands twice in the other, where the two differ by a letter that one of them lacks. */
function isDoubled(a: string, b: string): boolean {
  const longer = a.length > b.length ? a : b;
  const at = firstDifference(a, b);
  return longer[at] === longer[at - 1];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) {
    at += 1;
  }
  return at;
}
