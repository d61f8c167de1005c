import { holdsTemplate, templateEnd } from './templates';

/**
 * A compiled pattern: numbers, since thousands are compiled to answer one question. Those who do not ask for the places of
 * tokens never have any made.
 */
export interface Pattern {
  /** A UTF-16 code unit for each literal, folded where case does not count, and a negative number for the others. */
  readonly codes: readonly number[];
  readonly tokens: readonly PatternToken[];
  /** Where a token stands in the text the pattern was compiled from, by its index; its end is the start of the next. */
  startOf(index: number): number;
}

/** `?`, `*`, a variable and a hole, as codes. From `RUN` down they stand for any run of characters. */
export const ONE = -1;
export const RUN = -2;
export const UNKNOWN = -3;
export const HOLE = -4;

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
  return holdsTemplate(source)
    ? compileExpressions(source, options.variables === 'substitute')
    : new CompiledPattern(codesOf(source), undefined);
}

/** Of a text in which every character is a token. */
function codesOf(text: string): readonly number[] {
  const codes = new Array<number>(text.length);
  for (let at = 0; at < text.length; at += 1) {
    codes[at] = codeOf(text.charCodeAt(at));
  }
  return codes;
}

function codeOf(code: number): number {
  return code === STAR ? RUN : code === QUESTION ? ONE : code;
}

function compileExpressions(source: string, substitutes: boolean): Pattern {
  const codes: number[] = [];
  const starts: number[] = [];
  for (let at = 0; at < source.length; ) {
    starts.push(at);
    const holeEnd = holeAt(source, at);
    if (holeEnd !== undefined) {
      codes.push(HOLE);
      at = holeEnd;
      continue;
    }
    const variable = substitutes ? variableAt(source, at) : undefined;
    if (variable !== undefined) {
      codes.push(variable.escaped ?? UNKNOWN);
      at = variable.end;
      continue;
    }
    codes.push(codeOf(source.charCodeAt(at)));
    at += 1;
  }
  starts.push(source.length);
  return new CompiledPattern(codes, starts);
}

class CompiledPattern implements Pattern {
  readonly codes: readonly number[];
  /** Absent where every character is a token. */
  readonly #starts: readonly number[] | undefined;
  #tokens: readonly PatternToken[] | undefined;

  constructor(codes: readonly number[], starts: readonly number[] | undefined) {
    this.codes = codes;
    this.#starts = starts;
    this.#tokens = undefined;
  }

  get tokens(): readonly PatternToken[] {
    this.#tokens ??= this.codes.map((code, index): PatternToken => {
      const span = { start: this.startOf(index), end: this.startOf(index + 1) };
      const kind = KINDS[-code];
      return kind === undefined ? { kind: 'literal', code, ...span } : { kind, ...span };
    });
    return this.#tokens;
  }

  startOf(index: number): number {
    return this.#starts?.[index] ?? index;
  }
}

/** By the negative of their codes. */
const KINDS: readonly (WildcardToken['kind'] | undefined)[] = [undefined, 'one', 'run', 'unknown', 'hole'];

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

/** What else has one colon is of the Serverless Framework (its documentation, "Variables"). */
const VARIABLE_NAME =
  /^(?:[*?$]|\s*(?!(?:self|opt|env|ssm|cf|sls|param|git|file|custom)\s*:)[\w.-]+\s*:\s*[^:\s])/;

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
