import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelt word was most likely meant to be, for "did you mean".
 *
 * Case does not count. A word may be off by a third of its length and by three edits at most; `undefined` when no
 * candidate is that near, or when the word is a candidate as it stands.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const folded = word.toLowerCase();
  const limit = Math.min(3, Math.max(1, Math.floor(folded.length / 3)));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word) {
      return undefined;
    }
    if (Math.abs(candidate.length - word.length) >= bestDistance) {
      continue;
    }
    const edits = distance(folded, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
