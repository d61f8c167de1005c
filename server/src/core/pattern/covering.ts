import { compilePattern, covers, type PatternOptions } from './pattern';

/**
 * Which patterns of a list another one covers, so that they could go and the list would match just the same.
 *
 * The keys are indexes of covered patterns, the values the index of one that covers it and is covered by none. Of
 * patterns that match the same the first stays. Nearly linear on any list that a policy holds: long lists are sorted,
 * so that only those are compared whose beginnings agree.
 *
 * @param texts already lower-cased by the caller where case does not count
 */
export function coveredPatterns(
  texts: readonly string[],
  variables: PatternOptions['variables'],
): ReadonlyMap<number, number> {
  if (texts.length < 2) {
    return NOTHING;
  }
  const covers = new Map<number, number>();
  const firstIndexOf = firstIndexes(texts);
  const wides: Candidate[] = [];
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? '';
    const first = firstIndexOf(text);
    if (first < index) {
      covers.set(index, first);
      continue;
    }
    const prefix = literalPrefix(text);
    if (prefix !== text) {
      wides.push({ index, text, prefix });
    }
  }
  if (wides.length > 0) {
    findCovers(texts, wides, variables, covers);
  }
  // A cover may turn out to be covered as well.
  for (const [covered, cover] of covers) {
    covers.set(covered, outermost(cover, covers));
  }
  return covers;
}

/** Whether each text that `narrow` matches is one that `wide` matches; both folded by the caller if need be. */
export function coversText(wide: string, narrow: string, variables: PatternOptions['variables']): boolean {
  if (wide === narrow || wide === '*') {
    return true;
  }
  const prefix = literalPrefix(wide);
  return (
    prefix !== wide &&
    narrow.startsWith(prefix) &&
    coversBehindPrefix({ index: 0, text: wide, prefix }, narrow, variables)
  );
}

interface Candidate {
  readonly index: number;
  readonly text: string;
  /** What stands before the first wildcard; the whole text where there is none. */
  readonly prefix: string;
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/** Up to here looking at each costs less than sorting or hashing all. */
const FEW = 12;

function firstIndexes(texts: readonly string[]): (text: string) => number {
  if (texts.length <= FEW) {
    return (text) => texts.indexOf(text);
  }
  const first = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    if (!first.has(text)) {
      first.set(text, index);
    }
  }
  return (text) => first.get(text) ?? -1;
}

/** Notes what the wide ones cover of all texts but those that are covered by the same text before them. */
function findCovers(
  texts: readonly string[],
  wides: readonly Candidate[],
  variables: PatternOptions['variables'],
  found: Map<number, number>,
): void {
  if (wides.length <= FEW) {
    for (let index = 0; index < texts.length; index += 1) {
      const text = texts[index] ?? '';
      if (!found.has(index)) {
        note(index, text, wides, variables, found);
      }
    }
    return;
  }
  const candidates: Candidate[] = [];
  for (const [index, text] of texts.entries()) {
    if (!found.has(index)) {
      candidates.push({ index, text, prefix: literalPrefix(text) });
    }
  }
  candidates.sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : a.index - b.index));
  // The patterns before the one at hand whose literal beginning it shares: nothing else can cover it.
  const open: Candidate[] = [];
  for (let at = 0; at < candidates.length; ) {
    const prefix = candidates[at]?.prefix ?? '';
    while (open.length > 0 && !prefix.startsWith(open.at(-1)?.prefix ?? '')) {
      open.pop();
    }
    // Patterns of one beginning may cover each other both ways, so all of them are open before the first is looked at.
    let end = at;
    for (let next = candidates[end]; next?.prefix === prefix; next = candidates[end]) {
      if (next.prefix !== next.text) {
        open.push(next);
      }
      end += 1;
    }
    for (const { index, text } of candidates.slice(at, end)) {
      note(index, text, open, variables, found);
    }
    at = end;
  }
}

/** Notes the first of the wide ones that covers the narrow one; of two that cover each other the first stays. */
function note(
  index: number,
  text: string,
  wides: readonly Candidate[],
  variables: PatternOptions['variables'],
  found: Map<number, number>,
): void {
  for (const wide of wides) {
    if (
      wide.index !== index &&
      text.startsWith(wide.prefix) &&
      coversBehindPrefix(wide, text, variables) &&
      (wide.index < index || !coversText(text, wide.text, variables))
    ) {
      found.set(index, wide.index);
      return;
    }
  }
}

/** `covers`, for a narrow pattern that begins as the wide one does, with the cheap answers first. */
function coversBehindPrefix(
  { text, prefix }: Candidate,
  narrow: string,
  variables: PatternOptions['variables'],
): boolean {
  const rest = text.length - prefix.length;
  const plain = !text.includes('$');
  if (plain && rest === 1 && text.endsWith('*')) {
    return true;
  }
  const suffix = text.slice(Math.max(text.lastIndexOf('*'), text.lastIndexOf('?')) + 1);
  if (!narrow.endsWith(suffix)) {
    return false;
  }
  if (plain && !narrow.includes('$') && !text.includes('?')) {
    return coversLetterByLetter(text, narrow);
  }
  const options: PatternOptions = variables === undefined ? {} : { variables };
  return covers(compilePattern(text, options), compilePattern(narrow, options), text, narrow);
}

/**
 * `covers` where the wide pattern has no wildcard but `*`: then those of the narrow one are like letters that nothing
 * but a `*` swallows. The usual walk over a pattern, which goes back to the last `*` when a letter does not fit.
 */
function coversLetterByLetter(wide: string, narrow: string): boolean {
  let at = 0;
  let inNarrow = 0;
  let behindStar = -1;
  let resumeAt = 0;
  while (inNarrow < narrow.length) {
    const code = wide.charCodeAt(at);
    if (code === STAR) {
      at += 1;
      behindStar = at;
      resumeAt = inNarrow;
    } else if (code === narrow.charCodeAt(inNarrow)) {
      at += 1;
      inNarrow += 1;
    } else if (behindStar >= 0) {
      at = behindStar;
      resumeAt += 1;
      inNarrow = resumeAt;
    } else {
      return false;
    }
  }
  while (wide.charCodeAt(at) === STAR) {
    at += 1;
  }
  return at === wide.length;
}

function outermost(cover: number, covers: ReadonlyMap<number, number>): number {
  let current = cover;
  for (let next = covers.get(current); next !== undefined; next = covers.get(current)) {
    current = next;
  }
  return current;
}

function literalPrefix(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === STAR || code === QUESTION) {
      return text.slice(0, at);
    }
  }
  return text;
}

const STAR = 0x2a;
const QUESTION = 0x3f;
