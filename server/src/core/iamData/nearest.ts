import { distance } from 'fastest-levenshtein';

/**
 * The candidate that somebody probably meant, or undefined when none is near enough to suggest.
 * Case does not count: a candidate that differs in case alone is the nearest there is. Of several that are
 * equally near the first is taken, so that a sorted list gives a stable answer.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let bestDistance = maximumDistance(wanted.length) + 1;
  for (const candidate of candidates) {
    // The difference in length is the least that the distance can be, and it costs nothing.
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) {
      continue;
    }
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** Edits beyond which a suggestion is a guess: a short name becomes another name with a single edit. */
function maximumDistance(length: number): number {
  if (length < 2) {
    return 0;
  }
  if (length < 5) {
    return 1;
  }
  return length < 10 ? 2 : 3;
}
