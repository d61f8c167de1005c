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
  if (areRuns(left, from, leftEnd)) {
    return leftEnd > from || areRuns(right, from, rightEnd);
  }
  return areRuns(right, from, rightEnd)
    ? rightEnd > from
    : intersectsBetween(left, leftEnd, right, rightEnd, from);
}

/** Whether two tokens that stand for one character each can be the same; `undefined` where one of them is a run. */
function meet(a: PatternToken | undefined, b: PatternToken | undefined): boolean | undefined {
  if (a === undefined || b === undefined || isRun(a) || isRun(b)) {
    return undefined;
  }
  return a.kind === 'one' || b.kind === 'one' || sameLiteral(a, b);
}

function areRuns(tokens: readonly PatternToken[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token !== undefined && !isRun(token)) {
      return false;
    }
  }
  return true;
}

function intersectsBetween(
  left: readonly PatternToken[],
  leftEnd: number,
  right: readonly PatternToken[],
  rightEnd: number,
  from: number,
): boolean {
  // reachable[j]: after some tokens of the left, the right up to j can be used up too.
  let reachable = new Uint8Array(rightEnd + 1);
  let next = new Uint8Array(rightEnd + 1);
  reachable[from] = 1;
  spreadOverRuns(reachable, right, from, rightEnd);
  for (let i = from; i < leftEnd; i += 1) {
    const token = left[i];
    next.fill(0);
    let any = false;
    for (let j = from; token !== undefined && j <= rightEnd; j += 1) {
      if (reachable[j] === 0) {
        continue;
      }
      if (isRun(token)) {
        // The left run may take nothing, or swallow any number of tokens of the right.
        next.fill(1, j);
        any = true;
        break;
      }
      const other = j < rightEnd ? right[j] : undefined;
      if (other === undefined) {
        continue;
      }
      if (isRun(other)) {
        next[j] = 1;
        any = true;
      } else if (meet(token, other)) {
        next[j + 1] = 1;
        any = true;
      }
    }
    if (!any) {
      return false;
    }
    spreadOverRuns(next, right, from, rightEnd);
    [reachable, next] = [next, reachable];
  }
  return reachable[rightEnd] === 1;
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
  const outer = gaps(wide.tokens, wideText);
  const inner = narrow.tokens;
  // reachable[j]: the items of `wide` so far can cover the first j tokens of `narrow`.
  let reachable = new Uint8Array(inner.length + 1);
  reachable[0] = 1;
  for (const item of outer) {
    const next = new Uint8Array(inner.length + 1);
    for (let j = 0; j <= inner.length; j += 1) {
      if (reachable[j] === 1) {
        advance(item, inner, j, next, narrowText);
        if (item.kind === 'gap' && item.open) {
          // Whatever an open gap reaches from a later place it reaches from the first as well.
          break;
        }
      }
    }
    reachable = next;
  }
  return reachable[inner.length] === 1;
}

/** A stretch of the wide pattern: a literal, a variable, or `least` and more (or exactly `least`) characters. */
type Item =
  | { readonly kind: 'literal'; readonly code: number }
  | { readonly kind: 'variable'; readonly text: string }
  | { readonly kind: 'gap'; readonly least: number; readonly open: boolean };

/** `?*?` and `??*` are the same gap: neighbouring wildcards are merged so that their order does not matter. */
function gaps(tokens: readonly PatternToken[], text: string): readonly Item[] {
  const items: Item[] = [];
  for (const token of tokens) {
    if (token.kind === 'literal') {
      items.push({ kind: 'literal', code: token.code });
      continue;
    }
    if (token.kind === 'unknown' || token.kind === 'hole') {
      items.push({ kind: 'variable', text: text.slice(token.start, token.end) });
      continue;
    }
    const last = items.at(-1);
    const least = token.kind === 'one' ? 1 : 0;
    const open = token.kind === 'run';
    if (last?.kind === 'gap') {
      items[items.length - 1] = { kind: 'gap', least: last.least + least, open: last.open || open };
    } else {
      items.push({ kind: 'gap', least, open });
    }
  }
  return items;
}

function advance(
  item: Item,
  inner: readonly PatternToken[],
  from: number,
  next: Uint8Array,
  text: string,
): void {
  const token = inner[from];
  if (item.kind === 'literal') {
    if (token?.kind === 'literal' && token.code === item.code) {
      next[from + 1] = 1;
    }
    return;
  }
  if (item.kind === 'variable') {
    if (isUnknown(token) && text.slice(token.start, token.end) === item.text) {
      next[from + 1] = 1;
    }
    return;
  }
  let characters = 0;
  for (let j = from; j <= inner.length; j += 1) {
    if (characters >= item.least && (item.open || characters === item.least)) {
      next[j] = 1;
    }
    const swallowed = inner[j];
    if (swallowed === undefined) {
      return;
    }
    if (isRun(swallowed)) {
      if (!item.open) {
        return;
      }
    } else {
      characters += 1;
      if (!item.open && characters > item.least) {
        return;
      }
    }
  }
}

/** A run of the right-hand side may also be empty. */
function spreadOverRuns(
  reachable: Uint8Array,
  tokens: readonly PatternToken[],
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j += 1) {
    const token = tokens[j];
    if (reachable[j] === 1 && token !== undefined && isRun(token)) {
      reachable[j + 1] = 1;
    }
  }
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
