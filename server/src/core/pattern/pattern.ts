import { holdsTemplate, templateEnd } from './templates';

/**
 * The algebra of IAM's `*` and `?` patterns. `*` matches any run of characters, `/` and `:` included, `?` for
 * exactly one (IAM User Guide, "IAM JSON policy elements: Resource"). All operations are polynomial.
 */
export interface Pattern {
  readonly tokens: readonly PatternToken[];
}

export type PatternToken = LiteralToken | WildcardToken;

export interface LiteralToken {
  readonly kind: 'literal';
  /** One UTF-16 code unit, already folded where case does not count. */
  readonly code: number;
  /** Where the token stands in the text it was compiled from. */
  readonly start: number;
  readonly end: number;
}

export interface WildcardToken {
  /**
   * `one` is `?`, `run` is `*`, `unknown` is a policy variable: some text that is only known when a request is made, and
   * `hole` is what a tool fills in before AWS sees the policy: some text, be it with wildcards, once.
   */
  readonly kind: 'one' | 'run' | 'unknown' | 'hole';
  readonly start: number;
  readonly end: number;
}

export interface PatternOptions {
  /** `ignore` for action names and service prefixes, which IAM compares without regard to case. */
  readonly case?: 'respect' | 'ignore';
  /**
   * `substitute` where the policy's Version makes `${…}` a variable. `${*}`, `${?}` and `${$}` then stand for the
   * character itself.
   */
  readonly variables?: 'literal' | 'substitute';
}

/** Compiles a pattern. Any text is a pattern; nothing can go wrong. */
export function compilePattern(text: string, options: PatternOptions = {}): Pattern {
  const folded = options.case === 'ignore' ? text.toLowerCase() : text;
  // Lower-casing may change the length of exotic text; positions count more than folding then.
  const source = folded.length === text.length ? folded : text;
  const tokens: PatternToken[] = [];
  const mayHoldHoles = holdsTemplate(source);
  for (let at = 0; at < source.length; ) {
    const holeEnd = mayHoldHoles ? holeAt(source, at) : undefined;
    if (holeEnd !== undefined) {
      tokens.push({ kind: 'hole', start: at, end: holeEnd });
      at = holeEnd;
      continue;
    }
    const variable = options.variables === 'substitute' ? variableAt(source, at) : undefined;
    if (variable !== undefined) {
      tokens.push(
        variable.escaped === undefined
          ? { kind: 'unknown', start: at, end: variable.end }
          : { kind: 'literal', code: variable.escaped, start: at, end: variable.end },
      );
      at = variable.end;
      continue;
    }
    const code = source.charCodeAt(at);
    tokens.push(
      code === STAR
        ? { kind: 'run', start: at, end: at + 1 }
        : code === QUESTION
          ? { kind: 'one', start: at, end: at + 1 }
          : { kind: 'literal', code, start: at, end: at + 1 },
    );
    at += 1;
  }
  return { tokens };
}

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
  const { tokens } = pattern;
  let token = 0;
  let at = 0;
  // Where to take up again when a literal fails: behind the last run, which then swallows one character more.
  let resumeToken = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current !== undefined && isRun(current)) {
      token += 1;
      resumeToken = token;
      resumeAt = at;
    } else if (
      current !== undefined &&
      (current.kind === 'one' || (current.kind === 'literal' && current.code === text.charCodeAt(at)))
    ) {
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
  return tokens.slice(token).every(isRun);
}

/**
 * Whether at least one text is matched by both patterns. Exact, save for variables, which may stand for anything:
 * `false` is certain, `true` may depend on what a variable holds.
 */
export function intersects(a: Pattern, b: Pattern): boolean {
  const left = a.tokens;
  const right = b.tokens;
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

/**
 * Whether two texts are patterns that nothing can match both, as far as their first and last characters tell: `true` is
 * certain. It takes no compiling, and nearly all that have nothing to do with each other are told apart by it.
 *
 * @param a and b without variables and template expressions; folded where case does not count
 */
export function differAtEnds(a: string, b: string): boolean {
  const least = Math.min(a.length, b.length);
  let at = 0;
  for (; at < least; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === STAR || right === STAR) {
      break;
    }
    if (left !== right && left !== QUESTION && right !== QUESTION) {
      return true;
    }
  }
  if (at === least) {
    // One has ended: what is left of the other must be able to be nothing.
    const rest = a.length > b.length ? a : b;
    return rest.length > least && rest.charCodeAt(least) !== STAR;
  }
  for (let back = 1; back <= least - at; back += 1) {
    const [left, right] = [a.charCodeAt(a.length - back), b.charCodeAt(b.length - back)];
    if (left === STAR || right === STAR) {
      return false;
    }
    if (left !== right && left !== QUESTION && right !== QUESTION) {
      return true;
    }
  }
  return false;
}

/** Whether two tokens that stand for one character each can be the same; `undefined` where one of them is a run. */
function meet(a: PatternToken | undefined, b: PatternToken | undefined): boolean | undefined {
  if (a === undefined || b === undefined || isRun(a) || isRun(b)) {
    return undefined;
  }
  return a.kind === 'one' || b.kind === 'one' || sameLiteral(a, b);
}

function holdsRun(tokens: readonly PatternToken[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token !== undefined && isRun(token)) {
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
  pattern: readonly PatternToken[],
  patternFrom: number,
  patternEnd: number,
  characters: readonly PatternToken[],
  from: number,
  to: number,
): boolean {
  let token = patternFrom;
  let at = from;
  let resumeToken = -1;
  let resumeAt = from;
  while (at < to) {
    const current = token < patternEnd ? pattern[token] : undefined;
    if (current !== undefined && isRun(current)) {
      token += 1;
      resumeToken = token;
      resumeAt = at;
    } else if (current !== undefined && meet(current, characters[at]) === true) {
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
    const rest = pattern[token];
    if (rest !== undefined && !isRun(rest)) {
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
  const outer = wide.tokens;
  const inner = narrow.tokens;
  const texts = { wideText, narrowText };
  const firstGap = openGapFrom(outer, 0);
  if (firstGap === undefined) {
    return outer.length === inner.length && fitsAt(outer, 0, outer.length, inner, 0, texts);
  }
  // The stretches before the first open gap and behind the last have their places; each between them is laid where it
  // first fits, so that what follows has the most room.
  if (!fitsAt(outer, 0, firstGap.from, inner, 0, texts)) {
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
      return last >= start && fitsAt(outer, from, to, inner, last, texts);
    }
    const found = firstFit(outer, from, to, inner, start, texts);
    if (found === undefined) {
      return false;
    }
    at = found + length;
    gap = next;
  }
}

/** Neighbouring wildcards of which one is a run: any text of `least` characters or more. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

/** `?*?` and `??*` are the same gap, so that the order of wildcards does not matter. */
function openGapFrom(tokens: readonly PatternToken[], start: number): Gap | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    if (tokens[at]?.kind !== 'run') {
      continue;
    }
    let from = at;
    while (from > start && tokens[from - 1]?.kind === 'one') {
      from -= 1;
    }
    let to = at + 1;
    let least = at - from;
    for (let kind = tokens[to]?.kind; kind === 'run' || kind === 'one'; kind = tokens[to]?.kind) {
      least += kind === 'one' ? 1 : 0;
      to += 1;
    }
    return { from, to, least };
  }
  return undefined;
}

/** Where a gap may end that begins at a token, and takes in so many characters at least. */
function afterCharacters(tokens: readonly PatternToken[], from: number, least: number): number | undefined {
  let at = from;
  for (let characters = 0; characters < least; at += 1) {
    const token = tokens[at];
    if (token === undefined) {
      return undefined;
    }
    characters += isRun(token) ? 0 : 1;
  }
  return at;
}

interface Texts {
  readonly wideText: string;
  readonly narrowText: string;
}

function firstFit(
  outer: readonly PatternToken[],
  from: number,
  to: number,
  inner: readonly PatternToken[],
  start: number,
  texts: Texts,
): number | undefined {
  const last = inner.length - (to - from);
  for (let at = start; at <= last; at += 1) {
    if (fitsAt(outer, from, to, inner, at, texts)) {
      return at;
    }
  }
  return undefined;
}

/** Whether tokens without a run cover as many tokens, one by one: a variable only itself. */
function fitsAt(
  outer: readonly PatternToken[],
  from: number,
  to: number,
  inner: readonly PatternToken[],
  start: number,
  { wideText, narrowText }: Texts,
): boolean {
  for (let at = from; at < to; at += 1) {
    const wide = outer[at];
    const narrow = inner[start + at - from];
    if (wide === undefined || narrow === undefined) {
      return false;
    }
    const fits =
      wide.kind === 'literal'
        ? narrow.kind === 'literal' && narrow.code === wide.code
        : wide.kind === 'one'
          ? !isRun(narrow)
          : isUnknown(narrow) &&
            narrowText.slice(narrow.start, narrow.end) === wideText.slice(wide.start, wide.end);
    if (!fits) {
      return false;
    }
  }
  return true;
}

function isRun(token: PatternToken): boolean {
  return token.kind === 'run' || isUnknown(token);
}

/** Whether nobody can tell yet what stands there. */
function isUnknown(token: PatternToken | undefined): token is WildcardToken {
  return token?.kind === 'unknown' || token?.kind === 'hole';
}

/**
 * The end of the expression of a tool that begins at an index, if one does and is closed. `${…}` is one where its name can
 * be no variable of IAM's: these are named after condition keys, with a colon behind the name of a service.
 */
export function holeAt(text: string, at: number): number | undefined {
  const end = templateEnd(text, at);
  if (end === undefined || end > text.length) {
    return undefined;
  }
  const isVariable =
    text.charCodeAt(at) === DOLLAR &&
    text.charCodeAt(at + 1) === OPEN_BRACE &&
    VARIABLE_NAME.test(text.slice(at + 2, end - 1));
  return isVariable ? undefined : end;
}

/** Whether a tool fills in a part of a text before AWS sees it. */
export function holdsHole(text: string): boolean {
  return holdsTemplate(text) && compilePattern(text).tokens.some(({ kind }) => kind === 'hole');
}

/** What else has one colon is of the Serverless Framework (its documentation, "Variables"). */
const VARIABLE_NAME =
  /^(?:[*?$]|\s*(?!(?:self|opt|env|ssm|cf|sls|param|git|file|custom)\s*:)[\w.-]+\s*:\s*[^:\s])/;

function sameLiteral(a: PatternToken, b: PatternToken): boolean {
  return a.kind === 'literal' && b.kind === 'literal' && a.code === b.code;
}

/** The variable that starts at an index, if one does and it is closed. */
function variableAt(
  text: string,
  at: number,
): { readonly end: number; readonly escaped?: number } | undefined {
  if (text.charCodeAt(at) !== DOLLAR || text.charCodeAt(at + 1) !== OPEN_BRACE) {
    return undefined;
  }
  const close = text.indexOf('}', at + 2);
  if (close < 0) {
    return undefined;
  }
  const name = text.slice(at + 2, close);
  return name === '*' || name === '?' || name === '$'
    ? { end: close + 1, escaped: name.charCodeAt(0) }
    : { end: close + 1 };
}

const STAR = 0x2a;
const QUESTION = 0x3f;
const DOLLAR = 0x24;
const OPEN_BRACE = 0x7b;
