import { CoverIndex } from './coverIndex';
import { compilePattern, covers, type PatternOptions } from './pattern';
import { coversPlain } from './plainPattern';

/** A text of a list, made ready to be laid beside the others. */
export interface Listed {
  readonly text: string;
  /** A number that equal texts have in common, and of different ones hardly any. */
  readonly sketch: number;
  /** Absent where there is no wildcard. */
  readonly wide: Wide | undefined;
}

interface Wide {
  /** What stands before the first wildcard. */
  readonly prefix: string;
  /** What stands behind the last one. */
  readonly suffix: string;
  /** Whether all behind the prefix is a `*`. */
  readonly isOpen: boolean;
  /** Whether there are neither `?` nor variables, so that every sign but `*` is a letter. */
  readonly isPlain: boolean;
}

/** @param text already lower-cased by the caller where case does not count */
export function listed(text: string): Listed {
  let sketch = 0;
  let first = -1;
  let last = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    sketch = (Math.imul(sketch, 31) + code) | 0;
    if (code === STAR || code === QUESTION) {
      first = first < 0 ? at : first;
      last = at;
    }
  }
  return { text, sketch, wide: first < 0 ? undefined : wideOf(text, first, last) };
}

function wideOf(text: string, first: number, last: number): Wide {
  return {
    prefix: text.slice(0, first),
    suffix: text.slice(last + 1),
    isOpen: first === text.length - 1 && text.endsWith('*') && !text.includes('$'),
    isPlain: !/[?$]/.test(text),
  };
}

/**
 * Which patterns of a list another one covers, so that they could go and the list would match just the same.
 *
 * The keys are indexes of covered patterns, the values the index of one that covers it and is covered by none. Of
 * patterns that match the same the first stays. Nearly linear on any list that a policy holds: long lists are indexed,
 * so that only those are compared whose beginnings and longest parts agree.
 */
export function coveredPatterns(
  list: readonly Listed[],
  variables: PatternOptions['variables'],
): ReadonlyMap<number, number> {
  if (list.length < 2) {
    return NOTHING;
  }
  const repeats = repeatsIn(list);
  const wides = widesIn(list, repeats);
  if (wides.length === 0) {
    return repeats;
  }
  const covers = new Map(repeats);
  findCovers(list, wides, variables, covers);
  // A cover may turn out to be covered as well.
  for (const [covered, cover] of covers) {
    covers.set(covered, outermost(cover, covers));
  }
  return covers;
}

/** Whether each text that `narrow` matches is one that `wide` matches; both folded by the caller if need be. */
export function coversText(wide: string, narrow: string, variables: PatternOptions['variables']): boolean {
  return wide === narrow || wide === '*' || coversListed(listed(wide), narrow, variables);
}

const NOTHING: ReadonlyMap<number, number> = new Map();
const NONE: readonly never[] = [];

/** Up to here looking at each costs less than sorting or hashing all. */
const FEW = 32;

/** What is already in the list, with the index of the first. Most lists repeat nothing, and cost no memory. */
function repeatsIn(list: readonly Listed[]): ReadonlyMap<number, number> {
  let repeats: Map<number, number> | undefined;
  const firsts = list.length <= FEW ? undefined : new Map<string, number>();
  for (let index = 0; index < list.length; index += 1) {
    const first = firsts === undefined ? firstOf(list, index) : firstBy(firsts, list, index);
    if (first < index) {
      repeats ??= new Map();
      repeats.set(index, first);
    }
  }
  return repeats ?? NOTHING;
}

function firstOf(list: readonly Listed[], index: number): number {
  const own = list[index];
  for (let at = 0; at < index; at += 1) {
    const other = list[at];
    if (other?.sketch === own?.sketch && other?.text === own?.text && !mayDiffer(own?.text ?? '')) {
      return at;
    }
  }
  return index;
}

function firstBy(firsts: Map<string, number>, list: readonly Listed[], index: number): number {
  const text = list[index]?.text ?? '';
  const first = mayDiffer(text) ? index : (firsts.get(text) ?? index);
  if (first === index) {
    firsts.set(text, index);
  }
  return first;
}

/** Verbs of `printf` stand each for a value of its own, however alike the texts are. */
function mayDiffer(text: string): boolean {
  return text.includes('%') && /%[sdvq]/.test(text);
}

/** Where the patterns with wildcards stand, each for the first time. */
function widesIn(list: readonly Listed[], repeats: ReadonlyMap<number, number>): readonly number[] {
  let wides: number[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    if (list[index]?.wide !== undefined && !repeats.has(index)) {
      wides ??= [];
      wides.push(index);
    }
  }
  return wides ?? NONE;
}

/** Notes what the wide ones cover of all but those that are covered by the same text before them. */
function findCovers(
  list: readonly Listed[],
  wides: readonly number[],
  variables: PatternOptions['variables'],
  found: Map<number, number>,
): void {
  if (wides.length <= FEW) {
    for (let index = 0; index < list.length; index += 1) {
      if (!found.has(index)) {
        note(list, index, wides, variables, found);
      }
    }
    return;
  }
  const narrow = list.flatMap(({ text, wide }, index) =>
    found.has(index) ? [] : [{ index, prefix: wide?.prefix ?? text }],
  );
  narrow.sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : a.index - b.index));
  const index = new CoverIndex<number>();
  for (const at of wides) {
    index.add(list[at]?.text ?? '', at);
  }
  const prefixLength = (at: number): number => list[at]?.wide?.prefix.length ?? 0;
  let left = MOST_AT_FIRST + list.length * MOST_EACH;
  for (const { index: at } of narrow) {
    const few = index.candidates(list[at]?.text ?? '');
    left -= few.length;
    if (left < 0) {
      return;
    }
    // Those that begin with less come first.
    note(
      list,
      at,
      few.toSorted((a, b) => prefixLength(a) - prefixLength(b) || a - b),
      variables,
      found,
    );
  }
}

/**
 * So many pairs are looked at for each text of a list, beside a first few thousand: of a list that nobody writes, with
 * thousands of patterns alike, some that are covered are not found.
 */
const MOST_EACH = 64;
const MOST_AT_FIRST = 200_000;

/** Notes the first of the wide ones that covers the narrow one; of two that cover each other the first stays. */
function note(
  list: readonly Listed[],
  index: number,
  wides: readonly number[],
  variables: PatternOptions['variables'],
  found: Map<number, number>,
): void {
  const narrow = list[index];
  for (const at of wides) {
    const wide = list[at];
    if (
      narrow !== undefined &&
      wide !== undefined &&
      at !== index &&
      coversListed(wide, narrow.text, variables) &&
      (at < index || !coversText(narrow.text, wide.text, variables))
    ) {
      found.set(index, at);
      return;
    }
  }
}

/** `covers`, with the cheap answers first. */
function coversListed(
  { text, wide }: Listed,
  narrow: string,
  variables: PatternOptions['variables'],
): boolean {
  if (wide === undefined || !endsPrefix(wide.prefix, narrow) || !narrow.startsWith(wide.prefix)) {
    return false;
  }
  if (wide.isOpen) {
    return true;
  }
  if (!narrow.endsWith(wide.suffix)) {
    return false;
  }
  if (wide.isPlain && !narrow.includes('$')) {
    return coversPlain(text, narrow);
  }
  const options: PatternOptions = variables === undefined ? {} : { variables };
  return covers(compilePattern(text, options), compilePattern(narrow, options), text, narrow);
}

/** Whether a text has a prefix's last letter at its place: most patterns of a list begin alike and differ there. */
function endsPrefix(prefix: string, text: string): boolean {
  const last = prefix.length - 1;
  return last < 0 || prefix.charCodeAt(last) === text.charCodeAt(last);
}

function outermost(cover: number, covers: ReadonlyMap<number, number>): number {
  let current = cover;
  for (let next = covers.get(current); next !== undefined; next = covers.get(current)) {
    current = next;
  }
  return current;
}

const STAR = 0x2a;
const QUESTION = 0x3f;
