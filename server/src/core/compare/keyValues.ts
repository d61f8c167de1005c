import { IPv4, IPv6 } from 'ipaddr.js';
import { isOfType } from '../evaluate/conditions/comparison';
import { readDate, readNumber } from '../evaluate/conditions/literals';
import { hasListTest } from '../evaluate/conditions/longLists';
import { operandOf } from '../evaluate/conditions/operand';
import type { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { OperatorFamily } from '../model/conditionOperators';
import { readIpRange } from '../model/ipRange';
import type { Condition } from '../model/policy';
import { HOLE, UNKNOWN } from '../pattern/compiledPattern';
import { memoize } from '../pattern/memo';
import { compilePattern } from '../pattern/pattern';
import { type ClassPattern, classPattern, textClasses } from '../pattern/textClasses';
import type { Effort } from './effort';

/** Values that a condition key may have in a request, so that no condition tells any other value from all of these. */
export interface KeyValues {
  /** Each is all values of the key at once; none at all is a key that is not in the request. */
  readonly sets: readonly (readonly string[])[];
  /** False where there may be a value that the conditions tell from these. */
  readonly isComplete: boolean;
}

/** What is asked of a key. */
export interface KeyQuestion {
  /** What is known of other keys, for the variables in the values. */
  readonly keys: RequestKeys;
  /** Whether the service reference says that the key may have several values in a request. */
  readonly isMultivalued: boolean;
  readonly effort: Effort;
}

/**
 * One value for each way in which a value can meet the conditions that speak of a key. IAM User Guide, "IAM JSON policy
 * elements: Condition operators" and "Conditions with multiple context keys or values".
 *
 * Of what a template fills in, and of a text that is not of the operator's type, nobody knows what it matches; there is a
 * value for these too, one of the type.
 *
 * @param conditions all that speak of the key
 */
export function keyValues(
  conditions: readonly Condition[],
  { keys, isMultivalued, effort }: KeyQuestion,
): KeyValues {
  const singles = new Set<string>();
  let isComplete = true;
  const texts: TextCondition[] = [];
  const numbers: (number | undefined)[] = [];
  const dates: (number | undefined)[] = [];
  const shared = sharedTexts(conditions);
  // Each set is held to each value, and of long lists nobody could wait for all.
  const size = conditions.reduce(
    (sum, condition) => sum + (hasListTest(condition) ? 1 : condition.values.length),
    1,
  );
  const most = Math.max(FEWEST_SETS, Math.floor(MOST_COMPARISONS / size));
  const families = new Set<OperatorFamily>();
  for (const { operator, values: written, statement } of conditions) {
    const { version } = statement.policy;
    const { family } = operator.traits ?? {};
    if (family !== undefined) {
      families.add(family);
    }
    // What only some conditions have tells them apart, and comes first where not all can be tried.
    const values = [
      ...written.filter(({ text }) => !shared.has(text)),
      ...written.filter(({ text }) => shared.has(text)),
    ];
    effort.spend(5 * values.length);
    switch (family) {
      case 'String':
      case 'Arn':
        for (const { text } of values) {
          const { traits } = operator;
          const { pattern } = operandOf(text, { version, wildcards: traits?.wildcards === true, keys });
          if (pattern !== undefined) {
            texts.push({
              pattern: widened(pattern),
              isArn: family === 'Arn',
              ignoresCase: traits?.name.endsWith('IgnoreCase') === true,
            });
          }
        }
        break;
      case 'Numeric':
        numbers.push(...values.slice(0, most).map(({ text }) => readNumber(text)));
        isComplete &&= values.length <= most;
        break;
      case 'Date':
        dates.push(...values.slice(0, most).map(({ text }) => readDate(text)));
        isComplete &&= values.length <= most;
        effort.spend(STEPS_PER_DATE * Math.min(values.length, most));
        break;
      case 'Bool':
        singles.add('true').add('false');
        break;
      case 'Binary':
        for (const { text } of values) {
          singles.add(text);
        }
        singles.add('AA==').add('AQ==').add('Ag==');
        break;
      case 'IpAddress':
        addAddresses(
          singles,
          values.map(({ text }) => text),
          { most, effort },
        );
        break;
      default:
    }
  }
  isComplete = addAround(singles, numbers, { textOf: String, read: readNumber, most }) && isComplete;
  isComplete = addAround(singles, dates, { textOf: dateText, read: readDate, most }) && isComplete;
  effort.spend(STEPS_PER_DATE * Math.min(dates.length, most));
  isComplete = addTexts(singles, texts, effort) && isComplete;
  for (const family of families) {
    if (![...singles].some((text) => isOfType(family, text))) {
      singles.add(SOME_VALUE[family]);
    }
  }
  // Which letters a number, a date or an address is written with was not looked at.
  isComplete &&= new Set([...families].flatMap((family) => WRITINGS[family] ?? [])).size < 2;
  const sets: (readonly string[])[] = [[], ...[...singles].map((text) => [text])];
  const qualified = conditions.filter(({ operator }) => operator.qualifier !== undefined).length;
  if (qualified > 0) {
    isComplete = addSets(sets, [...singles], qualified) && isComplete;
  }
  if (conditions.length > 1 && qualified < conditions.length && (qualified > 0 || isMultivalued)) {
    // Of several values without a qualifier nothing is certain, be they all alike.
    sets.push(...[...singles].map((text) => [text, text]));
  }
  if (texts.length > 0) {
    // An empty text is a value too: `*` matches it and `?*` does not. It comes last, since others show more.
    sets.push(['']);
  }
  return sets.length <= most ? { sets, isComplete } : { sets: sets.slice(0, most), isComplete: false };
}

/** What it takes to read one, and to write one. */
const STEPS_PER_DATE = 15;
const STEPS_PER_BLOCK = 30;

/** The texts that all conditions have among their values. */
function sharedTexts([first, ...others]: readonly Condition[]): ReadonlySet<string> {
  const lists = others.map(({ values }) => new Set(values.map(({ text }) => text)));
  return new Set(
    lists.length === 0
      ? []
      : first?.values.flatMap(({ text }) => (lists.every((list) => list.has(text)) ? text : [])),
  );
}

const MOST_COMPARISONS = 40_000;
const FEWEST_SETS = 8;

const OTHER = 'other';

/** A value of each type. */
const SOME_VALUE: Readonly<Record<OperatorFamily, string>> = {
  String: OTHER,
  Arn: 'arn:aws:sns:us-east-1:111122223333:other',
  Numeric: '0',
  Date: '2026-01-01T00:00:00Z',
  Bool: 'true',
  Binary: 'AA==',
  IpAddress: '198.51.100.7',
  Null: OTHER,
};

/** How a value is written. All values of a key that is true or false are tried, and any value has one for Null. */
const WRITINGS: Readonly<Record<OperatorFamily, string | undefined>> = {
  String: 'text',
  Arn: 'text',
  Numeric: 'number',
  Date: 'date',
  Binary: 'bytes',
  IpAddress: 'address',
  Bool: undefined,
  Null: undefined,
};

interface TextCondition {
  readonly pattern: string;
  readonly isArn: boolean;
  readonly ignoresCase: boolean;
}

/** Of automata, for the texts of one key. */
const MOST_STEPS = 1_000_000;

/** A turn of an automaton makes objects, and takes longer than a comparison of two characters. */
const STEPS_PER_TURN = 6;

/** What it takes to make one, however small. */
const STEPS_PER_AUTOMATON = 200;

/** Up to here all combinations of patterns are looked for. */
const MOST_TEXTS = 60;

/** @returns whether no other text is told from these */
function addTexts(singles: Set<string>, conditions: readonly TextCondition[], effort: Effort): boolean {
  if (conditions.length === 0) {
    return true;
  }
  const isPlain = conditions.every(({ pattern, isArn }) => !isArn && !/[*?$]|\{\{|%|<|\[\[/.test(pattern));
  if (isPlain && !tellsCases(conditions)) {
    for (const { pattern, ignoresCase } of conditions) {
      singles.add(pattern);
      if (ignoresCase) {
        singles.add(pattern.toLowerCase()).add(pattern.toUpperCase());
      }
    }
    singles.add(freshText(conditions.map(({ pattern }) => pattern)));
    return true;
  }
  for (const { pattern } of conditions) {
    singles.add(filled(pattern));
  }
  singles.add(freshText(conditions.map(({ pattern }) => pattern)));
  const distinct = new Map(
    conditions.map((condition) => [
      `${Number(condition.isArn)}${Number(condition.ignoresCase)}${condition.pattern}`,
      condition,
    ]),
  );
  if (distinct.size > MOST_TEXTS) {
    return false;
  }
  effort.spend(STEPS_PER_AUTOMATON * (2 + distinct.size));
  const symbols = new Map<string, number>();
  const patterns = [...distinct.values()].map(
    ({ pattern, isArn, ignoresCase }): ClassPattern =>
      classPattern(compilePattern(pattern, { variables: 'substitute' }), pattern, symbols, {
        ignoresCase,
        fields: isArn,
      }),
  );
  const anything = classPattern(compilePattern('*'), '*', symbols);
  const arnShape = classPattern(compilePattern('*:*:*:*:*:*'), '*:*:*:*:*:*', symbols);
  const hasArns = conditions.some(({ isArn }) => isArn);
  // What is no ARN an operator for ARNs cannot compare.
  const found = [anything, ...(hasArns ? [arnShape] : [])].map((shape) =>
    textClasses([shape], patterns, { steps: effort.share(MOST_STEPS) }),
  );
  for (const { classes, steps } of found) {
    effort.spend(STEPS_PER_TURN * steps);
    for (const { text } of classes) {
      // A symbol is no text, and the empty one comes last.
      if (text !== '' && !/\$\{|\{\{/.test(text)) {
        singles.add(text);
      }
    }
  }
  return symbols.size === 0 && found.every((each) => each.isComplete);
}

/** A pattern that matches all that a pattern may match once a variable has a value, or a tool has filled something in. */
function widened(text: string): string {
  const pattern = compilePattern(text, { variables: 'substitute' });
  const partAt = (code: number, at: number): string =>
    isOpen(code) ? '*' : text.slice(pattern.startOf(at), pattern.startOf(at + 1));
  return pattern.codes.some(isOpen) ? pattern.codes.map(partAt).join('') : text;
}

function isOpen(code: number): boolean {
  return code === HOLE || code === UNKNOWN;
}

/** Whether a text that is compared without regard to case is written in several cases. */
function tellsCases(conditions: readonly TextCondition[]): boolean {
  if (!conditions.some(({ ignoresCase }) => ignoresCase)) {
    return false;
  }
  const written = new Map<string, string>();
  return conditions.some(({ pattern }) => {
    const folded = pattern.toLowerCase();
    const first = written.get(folded) ?? pattern;
    written.set(folded, first);
    return first !== pattern;
  });
}

/** A pattern with something plain in the place of its wildcards. */
function filled(pattern: string): string {
  return pattern
    .replace(/\$\{([*?$])\}|\*|\?/g, (part, character: string | undefined) =>
      character !== undefined ? character : part === '*' ? 'example' : 'x',
    )
    .replace(/\$\{[^{}]*\}/g, 'example');
}

function freshText(patterns: readonly string[]): string {
  let text = OTHER;
  while (patterns.some((pattern) => pattern.toLowerCase() === text)) {
    text += '-';
  }
  return text;
}

/**
 * Each value, and one between any two neighbours and beyond both ends, until there are more than can be tried. Values of all
 * conditions are given at once, since what lies between those of two may meet both.
 *
 * @returns whether no other number is told from these
 */
function addAround(
  singles: Set<string>,
  values: readonly (number | undefined)[],
  {
    textOf,
    read,
    most,
  }: {
    readonly textOf: (value: number) => string;
    readonly read: (text: string) => number | undefined;
    readonly most: number;
  },
): boolean {
  let isWhole = true;
  const add = (value: number): void => {
    const text = textOf(value);
    singles.add(text);
    // More digits than are read.
    isWhole &&= read(text) === value;
  };
  const distinct = [...new Set(values.filter((value) => value !== undefined))];
  for (const value of distinct) {
    if (singles.size > most) {
      return false;
    }
    add(value);
    add(value - 1);
    add(value + 1);
  }
  const sorted = distinct.sort((a, b) => a - b);
  for (const [index, value] of sorted.entries()) {
    const next = sorted[index + 1];
    if (singles.size > most) {
      return false;
    }
    if (next !== undefined) {
      add((value + next) / 2);
    }
  }
  return isWhole;
}

function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1000
    ? String(Math.round(seconds))
    : date.toISOString().replace('.000Z', 'Z');
}

/**
 * Where a block begins and where the addresses behind it begin: no address between is told from one of these. It ends where
 * there are more than can be tried.
 */
function addAddresses(
  singles: Set<string>,
  ranges: readonly string[],
  { most, effort }: { readonly most: number; readonly effort: Effort },
): void {
  singles.add('198.51.100.7').add('0.0.0.0').add('::');
  for (const range of ranges) {
    if (singles.size > most) {
      return;
    }
    effort.spend(STEPS_PER_BLOCK);
    for (const edge of edgesOf(range)) {
      singles.add(edge);
    }
  }
}

/** The first address of a block and the first one behind it; none of what is no block. */
const edgesOf: (range: string) => readonly string[] = memoize(
  (range) => {
    const block = readIpRange(range)?.canonical;
    if (block === undefined) {
      return [];
    }
    const [network = '', prefix] = block.split('/');
    return [network, behindBlock(network, prefix === undefined ? undefined : Number(prefix)) ?? network];
  },
  { room: 300_000, longest: 64 },
);

function behindBlock(network: string, prefix: number | undefined): string | undefined {
  const parsed = network.includes(':') ? IPv6.parse(network) : IPv4.parse(network);
  const bytes = parsed.toByteArray();
  const bits = bytes.length * 8;
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  number += 1n << BigInt(bits - (prefix ?? bits));
  if (number >= 1n << BigInt(bits)) {
    return undefined;
  }
  const next = bytes.map((_, index) => Number((number >> BigInt((bytes.length - 1 - index) * 8)) & 255n));
  return bytes.length === 4 ? new IPv4(next).toString() : new IPv6(next).toRFC5952String();
}

/** How many sets of values are tried for one key. */
const MOST_SETS = 600;

/** Adds what a multivalued key may hold at once: each qualified condition needs one value at most to fail or to hold. */
function addSets(sets: (readonly string[])[], singles: readonly string[], qualified: number): boolean {
  const size = Math.min(qualified + 1, 3);
  const grow = (from: readonly string[], next: number): boolean => {
    for (let at = next; at < singles.length; at += 1) {
      const single = singles[at];
      if (single === undefined) {
        continue;
      }
      if (sets.length >= MOST_SETS) {
        return false;
      }
      const set = [...from, single];
      if (set.length > 1) {
        sets.push(set);
      }
      if (set.length < size && !grow(set, at + 1)) {
        return false;
      }
    }
    return true;
  };
  const isWhole = grow([], 0);
  return isWhole && qualified <= 3;
}
