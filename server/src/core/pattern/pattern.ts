import { compilePattern, HOLE, ONE, type Pattern, RUN } from './compiledPattern';
import { holdsTemplate } from './templates';

export {
  compilePattern,
  holeAt,
  type LiteralToken,
  type Pattern,
  type PatternOptions,
  type PatternToken,
  type WildcardToken,
} from './compiledPattern';

/*
 * The algebra of IAM's `*` and `?` patterns. `*` matches any run of characters, `/` and `:` included, `?` for
 * exactly one (IAM User Guide, "IAM JSON policy elements: Resource"). All operations are polynomial.
 */

/** Whether a text holds a wildcard, variables aside. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text.replaceAll(/\$\{[*?$]\}/g, ''));
}

/**
 * Whether a concrete text is one that the pattern stands for. A variable may stand for anything.
 *
 * @param text already lower-cased by the caller where case does not count, so that a list is folded once
 */
export function matches(pattern: Pattern, text: string): boolean {
  const { codes } = pattern;
  const { length } = codes;
  let token = 0;
  let at = 0;
  // Where to take up again when a literal fails: behind the last run, which then swallows one character more.
  let resumeToken = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const current = token < length ? codes[token] : undefined;
    if (isRun(current)) {
      token += 1;
      resumeToken = token;
      resumeAt = at;
    } else if (current === ONE || current === text.charCodeAt(at)) {
      token += 1;
      at += 1;
    } else if (resumeToken >= 0) {
      token = resumeToken;
      resumeAt += 1;
      at = resumeAt;
    } else {
      return false;
    }
  }
  return codes.slice(token).every(isRun);
}

/**
 * Whether at least one text is matched by both patterns. Exact, save for variables, which may stand for anything:
 * `false` is certain, `true` may depend on what a variable holds.
 */
export function intersects(a: Pattern, b: Pattern): boolean {
  const left = a.codes;
  const right = b.codes;
  let from = 0;
  let leftEnd = left.length;
  let rightEnd = right.length;
  // As far as neither has a run, at the beginning and at the end, the two go character by character. Nearly all that
  // do not intersect are told apart here.
  for (; from < leftEnd && from < rightEnd; from += 1) {
    const meeting = meet(left[from], right[from]);
    if (meeting === undefined) {
      break;
    }
    if (!meeting) {
      return false;
    }
  }
  for (; leftEnd > from && rightEnd > from; leftEnd -= 1, rightEnd -= 1) {
    const meeting = meet(left[leftEnd - 1], right[rightEnd - 1]);
    if (meeting === undefined) {
      break;
    }
    if (!meeting) {
      return false;
    }
  }
  const leftRuns = holdsRun(left, from, leftEnd);
  const rightRuns = holdsRun(right, from, rightEnd);
  if (leftRuns && rightRuns) {
    // What stands before the first run of one and behind its last meets what the other has there, as far as it goes;
    // the runs of each take in all that the other has in between.
    return true;
  }
  return leftRuns
    ? fitsBetween(left, from, leftEnd, right, from, rightEnd)
    : rightRuns
      ? fitsBetween(right, from, rightEnd, left, from, leftEnd)
      : leftEnd === from && rightEnd === from;
}

/** Whether two tokens that stand for one character each can be the same; `undefined` where one of them is a run. */
function meet(a: number | undefined, b: number | undefined): boolean | undefined {
  if (a === undefined || b === undefined || isRun(a) || isRun(b)) {
    return undefined;
  }
  return a === b || a === ONE || b === ONE;
}

function holdsRun(codes: readonly number[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (isRun(codes[at])) {
      return true;
    }
  }
  return false;
}

/**
 * Whether tokens with runs among them can be a sequence of single characters. Each stretch between runs is laid where it
 * first fits: what follows has the most room then.
 */
function fitsBetween(
  pattern: readonly number[],
  patternFrom: number,
  patternEnd: number,
  characters: readonly number[],
  from: number,
  to: number,
): boolean {
  let token = patternFrom;
  let at = from;
  let resumeToken = -1;
  let resumeAt = from;
  while (at < to) {
    const current = token < patternEnd ? pattern[token] : undefined;
    if (isRun(current)) {
      token += 1;
      resumeToken = token;
      resumeAt = at;
    } else if (meet(current, characters[at]) === true) {
      token += 1;
      at += 1;
    } else if (resumeToken >= 0) {
      token = resumeToken;
      resumeAt += 1;
      at = resumeAt;
    } else {
      return false;
    }
  }
  for (; token < patternEnd; token += 1) {
    if (!isRun(pattern[token])) {
      return false;
    }
  }
  return true;
}

/**
 * Whether every text that `narrow` matches is matched by `wide` as well.
 *
 * `true` is certain. `false` may be wrong for a few contrived patterns, since inclusion is decided by one alignment of
 * the two for all lengths of their runs; for a linter that is the right side to err on. A variable or a hole is
 * covered by `*` or by the same one.
 *
 * @param wideText and narrowText the texts the patterns were compiled from, to compare variables by name
 */
export function covers(wide: Pattern, narrow: Pattern, wideText = '', narrowText = ''): boolean {
  const outer = wide.codes;
  const inner = narrow.codes;
  const laid: Laid = { wide, narrow, wideText, narrowText };
  const firstGap = openGapFrom(outer, 0);
  if (firstGap === undefined) {
    return outer.length === inner.length && fitsAt(laid, 0, outer.length, 0);
  }
  // The stretches before the first open gap and behind the last have their places; each between them is laid where it
  // first fits, so that what follows has the most room.
  if (!fitsAt(laid, 0, firstGap.from, 0)) {
    return false;
  }
  let at = firstGap.from;
  let gap: Gap = firstGap;
  for (;;) {
    const start = afterCharacters(inner, at, gap.least);
    if (start === undefined) {
      return false;
    }
    const next = openGapFrom(outer, gap.to);
    const from = gap.to;
    const to = next?.from ?? outer.length;
    const length = to - from;
    if (next === undefined) {
      const last = inner.length - length;
      return last >= start && fitsAt(laid, from, to, last);
    }
    const found = firstFit(laid, from, to, start);
    if (found === undefined) {
      return false;
    }
    at = found + length;
    gap = next;
  }
}

/** Adjacent wildcards one of which is a run: any text of `least` characters or more. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

/** `?*?` and `??*` are the same gap, so that the order of wildcards does not matter. */
function openGapFrom(codes: readonly number[], start: number): Gap | undefined {
  for (let at = start; at < codes.length; at += 1) {
    if (codes[at] !== RUN) {
      continue;
    }
    let from = at;
    while (from > start && codes[from - 1] === ONE) {
      from -= 1;
    }
    let to = at + 1;
    let least = at - from;
    for (; to < codes.length && (codes[to] === RUN || codes[to] === ONE); to += 1) {
      least += codes[to] === ONE ? 1 : 0;
    }
    return { from, to, least };
  }
  return undefined;
}

/** Where a gap may end that begins at a token, and takes in so many characters at least. */
function afterCharacters(codes: readonly number[], from: number, least: number): number | undefined {
  let at = from;
  for (let characters = 0; characters < least; at += 1) {
    if (at >= codes.length) {
      return undefined;
    }
    characters += isRun(codes[at]) ? 0 : 1;
  }
  return at;
}

/** Two patterns, one of which is laid over the other. */
interface Laid {
  readonly wide: Pattern;
  readonly narrow: Pattern;
  readonly wideText: string;
  readonly narrowText: string;
}

function firstFit(laid: Laid, from: number, to: number, start: number): number | undefined {
  const last = laid.narrow.codes.length - (to - from);
  for (let at = start; at <= last; at += 1) {
    if (fitsAt(laid, from, to, at)) {
      return at;
    }
  }
  return undefined;
}

/** Whether tokens without a run cover as many tokens, one by one: a variable only itself. */
function fitsAt(laid: Laid, from: number, to: number, start: number): boolean {
  const { wide, narrow } = laid;
  if (start + to - from > narrow.codes.length) {
    return false;
  }
  for (let at = from; at < to; at += 1) {
    const outer = wide.codes[at];
    const inner = narrow.codes[start + at - from];
    const fits =
      outer === ONE
        ? !isRun(inner)
        : isUnknown(outer)
          ? isUnknown(inner) &&
            expressionAt(narrow, laid.narrowText, start + at - from) === expressionAt(wide, laid.wideText, at)
          : outer === inner;
    if (!fits) {
      return false;
    }
  }
  return true;
}

function expressionAt(pattern: Pattern, text: string, index: number): string {
  return text.slice(pattern.startOf(index), pattern.startOf(index + 1));
}

/** Whether a token stands for any run of characters. */
function isRun(code: number | undefined): boolean {
  return code !== undefined && code <= RUN;
}

/** Whether nobody can tell yet what stands there. */
function isUnknown(code: number | undefined): boolean {
  return code !== undefined && code < RUN;
}

/** Whether a tool fills in a part of a text before AWS sees it. */
export function holdsHole(text: string): boolean {
  return holdsTemplate(text) && compilePattern(text).codes.includes(HOLE);
}
