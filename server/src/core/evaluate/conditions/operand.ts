import type { PolicyVersion } from '../../model/policy';
import { holeAt } from '../../pattern/pattern';
import { holdsTemplate } from '../../pattern/templates';
import type { RequestKeys } from './requestKeys';

/** A value of a policy with what is known of its variables put in. */
export interface Operand {
  /**
   * A pattern, to be compiled with variables to be substituted: `${…}` is what is not known, what means itself is
   * escaped, and what a tool fills in stands as it is written. `undefined` where a variable has no value in the
   * request, so that nothing can be equal to it.
   */
  readonly pattern: string | undefined;
  /** The keys whose value would say more, as the variables name them. */
  readonly unknownKeys: readonly string[];
}

export interface OperandOptions {
  /** Only 2012-10-17 supports variables. */
  readonly version: PolicyVersion;
  /** Whether `*` and `?` stand for other characters. */
  readonly wildcards: boolean;
  readonly keys: RequestKeys;
}

/**
 * Puts what is known of a request into a value of a policy. A variable without a value takes its default; without one
 * either, nothing matches it. Whether a wildcard in the value of a variable counts as one AWS does not say, so that
 * such a value counts as unknown where it could. IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function operandOf(text: string, options: OperandOptions): Operand {
  if (!text.includes('$') && (options.wildcards || !/[*?]/.test(text))) {
    return { pattern: text, unknownKeys: NONE };
  }
  const unknownKeys: string[] = [];
  let pattern = '';
  const mayHoldHoles = holdsTemplate(text);
  for (let at = 0; at < text.length; ) {
    const holeEnd = mayHoldHoles ? holeAt(text, at) : undefined;
    if (holeEnd !== undefined) {
      pattern += text.slice(at, holeEnd);
      at = holeEnd;
      continue;
    }
    const close = text.startsWith('${', at) && options.version === '2012-10-17' ? text.indexOf('}', at) : -1;
    if (close < 0) {
      const character = text.charAt(at);
      pattern += /[*?]/.test(character) && options.wildcards ? character : escaped(character);
      at += 1;
      // Letters between what may mean more are taken over at once.
      const end = nextSpecial(text, at);
      pattern += text.slice(at, end);
      at = end;
      continue;
    }
    const variable = text.slice(at, close + 1);
    const value = ESCAPES.has(variable)
      ? variable
      : variableValue(variable.slice(2, -1), options, unknownKeys);
    if (value === undefined) {
      return { pattern: undefined, unknownKeys: NONE };
    }
    pattern += value === UNKNOWN ? folded(variable) : value;
    at = close + 1;
  }
  return { pattern, unknownKeys };
}

const NONE: readonly string[] = [];

/** Where the next character stands that may begin an expression or be a wildcard, or the end of the text. */
function nextSpecial(text: string, from: number): number {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(text)?.index ?? text.length;
}

const SPECIAL = /[*?$#%{<(]/g;

/**
 * A variable that is not known, the same for the same key: names of keys are not case-sensitive. IAM User Guide, "IAM JSON
 * policy elements: Condition".
 */
function folded(variable: string): string {
  const comma = variable.indexOf(',');
  const end = comma < 0 ? variable.length : comma;
  return `${variable.slice(0, end).toLowerCase().replaceAll(' ', '')}${variable.slice(end)}`;
}

const ESCAPES: ReadonlySet<string> = new Set(['$' + '{*}', '$' + '{?}', '$' + '{$}']);

/** Makes every character of a text mean itself in a pattern whose variables are substituted. */
export function escaped(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
}

const UNKNOWN = Symbol('unknown');

function variableValue(
  inner: string,
  { wildcards, keys }: OperandOptions,
  unknownKeys: string[],
): string | typeof UNKNOWN | undefined {
  const comma = inner.indexOf(',');
  const key = (comma < 0 ? inner : inner.slice(0, comma)).trim();
  const known = keys.get(key);
  const [first] = known.kind === 'values' ? known.values : [];
  if (first !== undefined && known.kind === 'values' && known.values.length === 1 && !first.isPattern) {
    return asWritten(first.text, wildcards);
  }
  if (known.kind !== 'absent') {
    // A key of several values cannot be a variable: that one is told already helps no more.
    if (keys.isOpen(key) && key.includes(':')) {
      unknownKeys.push(key);
    }
    return UNKNOWN;
  }
  const fallback = comma < 0 ? undefined : /^\s*'([^']*)'\s*$/.exec(inner.slice(comma + 1));
  if (fallback === undefined) {
    return undefined;
  }
  return fallback?.[1] === undefined ? UNKNOWN : asWritten(fallback[1], wildcards);
}

function asWritten(value: string, wildcards: boolean): string | typeof UNKNOWN {
  return wildcards && /[*?]/.test(value) ? UNKNOWN : escaped(value);
}
