/**
 * One line of a `.gitignore` file, as git reads it (gitignore(5), and wildmatch.c and dir.c of its sources). Git compares
 * bytes, so texts are `bytesOf` here.
 *
 * A repository writes the patterns and the paths alike, so matching must not backtrack: all states that a pattern can be
 * in move forward together, over each byte of the path once.
 */
export interface IgnorePattern {
  /** Takes back what a line before it ignored. */
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Held to the last name of a path alone. */
  readonly namesOnly: boolean;
  /** What the rest of the path must fit behind it. */
  readonly prefix: string;
  /** `undefined` where nothing fits, as behind a bracket that is not closed. */
  readonly tokens: readonly Token[] | undefined;
}

/** Steps that matching may still take; what is left when they are used up matches nothing. */
export interface MatchBudget {
  steps: number;
}

/** `any` stays within a folder, `across` does not; `optional` may pass over an `across` and the slash behind it. */
type Token =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'one' }
  | { readonly kind: 'class'; readonly isNegated: boolean; readonly ranges: readonly Range[] }
  | { readonly kind: 'any' }
  | { readonly kind: 'across' }
  | { readonly kind: 'optional' };

type Range = readonly [from: number, to: number];

const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/** A text as one character for each byte of its UTF-8. */
export function bytesOf(text: string): string {
  return /^[\u0000-\u007f]*$/.test(text)
    ? text
    : encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll(
        /%([0-9A-F]{2})/g,
        (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
      );
}

/** Reads a line, without its line end, as `bytesOf` it; `undefined` for a comment and for a blank one. */
export function parseIgnoreLine(line: string): IgnorePattern | undefined {
  const written = withoutBlanksBehind(line);
  if (written === '' || written.startsWith('#')) {
    return undefined;
  }
  const negated = written.startsWith('!');
  const whole = negated ? written.slice(1) : written;
  const foldersOnly = whole.endsWith('/');
  const named = foldersOnly ? whole.slice(0, -1) : whole;
  const namesOnly = !named.includes('/');
  const anchored = named.startsWith('/') ? named.slice(1) : named;
  const wild = anchored.search(/[*?[\\]/);
  const prefix = wild < 0 ? anchored : anchored.slice(0, wild);
  return {
    negated,
    foldersOnly,
    namesOnly,
    prefix,
    tokens: named === '' ? undefined : tokensOf(anchored.slice(prefix.length)),
  };
}

/** Blanks at the end do not count, save one behind a backslash. */
function withoutBlanksBehind(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') {
    end -= 1;
  }
  let backslashes = 0;
  while (line[end - 1 - backslashes] === '\\') {
    backslashes += 1;
  }
  return line.slice(0, end + (backslashes % 2 === 1 && end < line.length ? 1 : 0));
}

function tokensOf(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const code = pattern.charCodeAt(at);
    switch (pattern[at]) {
      case '\\':
        if (at + 1 === pattern.length) {
          return undefined;
        }
        tokens.push({ kind: 'byte', byte: pattern.charCodeAt(at + 1) });
        at += 2;
        break;
      case '?':
        tokens.push({ kind: 'one' });
        at += 1;
        break;
      case '[': {
        const read = readClass(pattern, at + 1);
        if (read === undefined) {
          return undefined;
        }
        tokens.push(read.token);
        at = read.end;
        break;
      }
      case '*': {
        const begin = at;
        while (pattern[at] === '*') {
          at += 1;
        }
        tokens.push(...starsOf(pattern, begin, at));
        break;
      }
      default:
        tokens.push({ kind: 'byte', byte: code });
        at += 1;
    }
  }
  return tokens;
}

/** Two asterisks or more are something else where they are all there is between slashes. */
function starsOf(pattern: string, from: number, to: number): readonly Token[] {
  const isAlone =
    to - from > 1 &&
    (from === 0 || pattern[from - 1] === '/') &&
    (to === pattern.length || pattern[to] === '/' || pattern.startsWith('\\/', to));
  if (!isAlone) {
    return [{ kind: 'any' }];
  }
  return pattern[to] === '/' ? [{ kind: 'optional' }, { kind: 'across' }] : [{ kind: 'across' }];
}

function readClass(
  pattern: string,
  from: number,
): { readonly token: Token; readonly end: number } | undefined {
  let at = from;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  at += isNegated ? 1 : 0;
  const ranges: Range[] = [];
  let previous: number | undefined;
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) {
      return undefined;
    }
    const character = pattern[at];
    if (character === '\\') {
      at += 1;
      if (at >= pattern.length) {
        return undefined;
      }
      previous = pattern.charCodeAt(at);
      ranges.push([previous, previous]);
    } else if (
      character === '-' &&
      previous !== undefined &&
      at + 1 < pattern.length &&
      pattern[at + 1] !== ']'
    ) {
      at += pattern.charCodeAt(at + 1) === BACKSLASH ? 2 : 1;
      if (at >= pattern.length) {
        return undefined;
      }
      ranges.push([previous, pattern.charCodeAt(at)]);
      previous = undefined;
    } else if (character === '[' && pattern[at + 1] === ':') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) {
        return undefined;
      }
      if (close - 1 < at + 2 || pattern[close - 1] !== ':') {
        previous = pattern.charCodeAt(at);
        ranges.push([previous, previous]);
      } else {
        const named = CLASSES.get(pattern.slice(at + 2, close - 1));
        if (named === undefined) {
          return undefined;
        }
        ranges.push(...named);
        previous = undefined;
        at = close;
      }
    } else {
      previous = pattern.charCodeAt(at);
      ranges.push([previous, previous]);
    }
    at += 1;
  }
  return { token: { kind: 'class', isNegated, ranges }, end: at + 1 };
}

const DIGIT: Range = [0x30, 0x39];
const UPPER: Range = [0x41, 0x5a];
const LOWER: Range = [0x61, 0x7a];
const PUNCTUATION: readonly Range[] = [
  [0x21, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0x7e],
];

/** Git's own, of ASCII alone. */
const CLASSES: ReadonlyMap<string, readonly Range[]> = new Map([
  ['alnum', [DIGIT, UPPER, LOWER]],
  ['alpha', [UPPER, LOWER]],
  ['blank', [[0x20, 0x20] as const, [0x09, 0x09] as const]],
  ['cntrl', [[0x00, 0x1f] as const, [0x7f, 0x7f] as const]],
  ['digit', [DIGIT]],
  ['graph', [[0x21, 0x7e] as const]],
  ['lower', [LOWER]],
  ['print', [[0x20, 0x7e] as const]],
  ['punct', PUNCTUATION],
  ['space', [[0x09, 0x0d] as const, [0x20, 0x20] as const]],
  ['upper', [UPPER]],
  ['xdigit', [DIGIT, [0x41, 0x46] as const, [0x61, 0x66] as const]],
]);

/**
 * Whether a line speaks of a path, which is relative to the file's folder and `bytesOf` it.
 *
 * @param budget what is used of it is taken off; with nothing left no line speaks of anything
 */
export function matchesIgnorePattern(pattern: IgnorePattern, path: string, budget: MatchBudget): boolean {
  const { prefix, tokens, namesOnly } = pattern;
  const from = namesOnly ? path.lastIndexOf('/') + 1 : 0;
  budget.steps -= 1;
  if (tokens === undefined || budget.steps < 0 || !path.startsWith(prefix, from)) {
    return false;
  }
  const begin = from + prefix.length;
  return tokens.length === 0 ? begin === path.length : fits(tokens, path, begin, budget);
}

/** All places in a pattern that the path so far leads to move on byte by byte. */
function fits(tokens: readonly Token[], path: string, from: number, budget: MatchBudget): boolean {
  const seen = new Int32Array(tokens.length + 1).fill(-1);
  let places: number[] = [];
  enter(tokens, 0, places, seen, from);
  for (let at = from; at < path.length; at += 1) {
    const byte = path.charCodeAt(at);
    const next: number[] = [];
    for (const place of places) {
      const token = tokens[place];
      if (token?.kind === 'any' || token?.kind === 'across') {
        if (token.kind === 'across' || byte !== SLASH) {
          enter(tokens, place, next, seen, at + 1);
        }
      } else if (token !== undefined && token.kind !== 'optional' && takes(token, byte)) {
        enter(tokens, place + 1, next, seen, at + 1);
      }
    }
    budget.steps -= places.length;
    if (next.length === 0 || budget.steps < 0) {
      return false;
    }
    places = next;
  }
  return seen[tokens.length] === path.length;
}

/** Adds a place, and those that are reached from it without a byte, as far as `at` has not seen them. */
function enter(
  tokens: readonly Token[],
  first: number,
  places: number[],
  seen: Int32Array,
  at: number,
): void {
  const waiting = [first];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (seen[place] === at) {
      continue;
    }
    seen[place] = at;
    places.push(place);
    const token = tokens[place];
    if (token?.kind === 'optional') {
      waiting.push(place + 1, place + 3);
    } else if (token?.kind === 'any' || token?.kind === 'across') {
      waiting.push(place + 1);
    }
  }
}

function takes(
  token: Exclude<Token, { readonly kind: 'any' | 'across' | 'optional' }>,
  byte: number,
): boolean {
  switch (token.kind) {
    case 'byte':
      return token.byte === byte;
    case 'one':
      return byte !== SLASH;
    case 'class':
      return (
        byte !== SLASH && token.ranges.some(([low, high]) => low <= byte && byte <= high) !== token.isNegated
      );
  }
}
