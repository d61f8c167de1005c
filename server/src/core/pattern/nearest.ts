import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelt word was most likely meant to be, for "did you mean".
 *
 * Case does not count. A word may be off by a third of its length and by three edits at most; `undefined` when no
 * candidate is that near, or when the word is a candidate as it stands.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const folded = word.toLowerCase();
  const limit = Math.min(3, Math.floor(folded.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word) {
      return undefined;
    }
    if (Math.abs(candidate.length - word.length) >= bestDistance) {
      continue;
    }
    const edits = editsBetween(folded, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** Levenshtein's distance, but two swapped neighbours are one slip of the fingers: `esat` for `east`. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && isSwap(a, b) ? 1 : edits;
}

function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
