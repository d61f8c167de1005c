import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Condition, Statement } from '../model/policy';
import { compilePattern } from '../pattern/compiledPattern';
import { matches } from '../pattern/pattern';
import type { Effort } from './effort';
import { keyValues } from './keyValues';

/** Values of policy variables that are tried one after the other. */
export interface Assignments {
  /** What is known of keys with each; each has what was told. */
  readonly all: readonly ReadonlyMap<string, readonly string[]>[];
  /** Whether the conditions tell no other values from these. What resources make of a variable is another matter. */
  readonly isComplete: boolean;
}

/**
 * Values for the policy variables that statements use, as far as nothing tells them: first some that no policy names, then
 * those that conditions compare the variable or the same thing with. IAM User Guide, "IAM policy elements: Variables and
 * tags".
 *
 * @param names of the variables, by {@link variablesOf}
 * @param told what is known of keys already, by their names in lower case; each assignment holds it
 */
export function assignments(
  names: readonly string[],
  statements: readonly Statement[],
  told: ReadonlyMap<string, readonly string[]>,
  effort: Effort,
): Assignments {
  const open = names.filter((name) => !told.has(name));
  if (open.length === 0) {
    return { all: [told], isComplete: true };
  }
  const fresh = new Map([...told, ...open.map((name, index) => [name, [likelyValue(name, index)]] as const)]);
  const conditions = statements.flatMap((statement) => statement.conditions);
  // A variable whose key is not in the request has no value, or its default.
  const others: (readonly [string, readonly string[]])[] = [];
  let isComplete = true;
  for (const name of open) {
    if (others.length >= MOST_OTHERS) {
      break;
    }
    effort.spend(20 + conditions.length);
    others.push([name, []]);
    const compared = comparedWith(name, conditions, told, effort);
    isComplete &&= compared.isComplete;
    for (const value of compared.values) {
      others.push([name, [value]]);
    }
  }
  effort.spend(2 * fresh.size * (1 + Math.min(others.length, MOST_OTHERS)));
  const one = [
    fresh,
    ...others.slice(0, MOST_OTHERS).map(([name, value]) => new Map(fresh).set(name, value)),
  ];
  if (open.length === 1 || others.length > MOST_OTHERS) {
    return { all: one, isComplete: isComplete && others.length <= MOST_OTHERS };
  }
  const several = combinations(fresh, open, others);
  effort.spend(2 * fresh.size * (several?.length ?? 0));
  return { all: [...one, ...(several ?? [])], isComplete: isComplete && several !== undefined };
}

const MOST_OTHERS = 16;
const MOST_COMBINATIONS = 48;

/** The assignments in which more than one variable has a value of its own; `undefined` if there are too many. */
function combinations(
  fresh: ReadonlyMap<string, readonly string[]>,
  open: readonly string[],
  others: readonly (readonly [string, readonly string[]])[],
): readonly ReadonlyMap<string, readonly string[]>[] | undefined {
  let all: { readonly known: ReadonlyMap<string, readonly string[]>; readonly changed: number }[] = [
    { known: fresh, changed: 0 },
  ];
  for (const name of open) {
    const values = others.flatMap(([of, value]) => (of === name ? [value] : []));
    if (all.length * (1 + values.length) > MOST_COMBINATIONS) {
      return undefined;
    }
    all = all.flatMap((each) => [
      each,
      ...values.map((value) => ({ known: new Map(each.known).set(name, value), changed: each.changed + 1 })),
    ]);
  }
  return all.flatMap(({ known, changed }) => (changed > 1 ? [known] : []));
}

/** The policy variables of statements, in lower case, each once. */
export function variablesOf(statements: readonly Statement[]): readonly string[] {
  const names = new Set<string>();
  for (const { policy, resources, conditions } of statements) {
    if (policy.version !== '2012-10-17') {
      continue;
    }
    const texts = [
      ...resources.flatMap(({ entries }) => entries.map(({ text }) => text)),
      ...conditions.flatMap(({ values }) => values.map(({ text }) => text)),
    ];
    for (const text of texts) {
      for (const name of variablesIn(text)) {
        names.add(name);
      }
    }
  }
  return [...names];
}

function variablesIn(text: string): readonly string[] {
  return text.includes('${')
    ? [...text.matchAll(/\$\{\s*([a-z0-9.-]+:[^:,{}\s][^,{}\s]*)\s*(?:,[^{}]*)?\}/gi)].map(([, name = '']) =>
        name.toLowerCase(),
      )
    : [];
}

/**
 * What the variable's key is compared with, and what the keys are compared with that it is compared with itself. Not all is
 * known where it is a part of a value, or where other variables are compared with the same keys.
 */
function comparedWith(
  name: string,
  conditions: readonly Condition[],
  told: ReadonlyMap<string, readonly string[]>,
  effort: Effort,
): { readonly values: readonly string[]; readonly isComplete: boolean } {
  const isOfName = ({ values }: Condition): boolean =>
    values.some(({ text }) => variablesIn(text).includes(name));
  const keys = new Set([name, ...conditions.filter(isOfName).map(({ key }) => key.value.toLowerCase())]);
  const about = conditions.filter(({ key }) => keys.has(key.value.toLowerCase()));
  const isWhole = [...keys].every((key) =>
    isWorkedOut(
      name,
      key === name,
      about.filter((condition) => condition.key.value.toLowerCase() === key),
    ),
  );
  const found = keyValues(about, { keys: new RequestKeys(), isMultivalued: false, effort });
  return {
    values: [
      ...new Set([
        ...valuesTold(name, about, told, effort),
        ...found.sets.flatMap((values) => (values.length === 1 ? values : [])),
      ]),
    ],
    isComplete: isWhole && found.isComplete,
  };
}

/** What a variable must be so that a value that it stands in is what is told of the key. */
function valuesTold(
  name: string,
  conditions: readonly Condition[],
  told: ReadonlyMap<string, readonly string[]>,
  effort: Effort,
): readonly string[] {
  // Whose a resource is does not follow from who asks.
  return (name.endsWith('account') ? [] : conditions).flatMap(({ key, values }) =>
    (told.get(key.value.toLowerCase()) ?? []).flatMap((given) =>
      values.flatMap(({ text }) =>
        variablesIn(text).includes(name) ? valuesWithin(text, given, effort) : [],
      ),
    ),
  );
}

/** What a text with a variable leaves to it of one that it is to match: the longest, the shortest, and some between. */
function valuesWithin(text: string, given: string, effort: Effort): readonly string[] {
  const before = text.slice(0, text.search(VARIABLE));
  const behind = text.slice(text.lastIndexOf('}') + 1);
  const places = (part: string, fixed: number, rest: (at: number) => string): readonly number[] => {
    if (!/[*?]/.test(part)) {
      return rest(fixed) === part ? [fixed] : [];
    }
    const pattern = compilePattern(part);
    const all = Array.from({ length: Math.min(given.length, LONGEST_SEARCHED) + 1 }, (_, at) => at);
    effort.spend(all.length * given.length);
    return all.filter((at) => matches(pattern, rest(at)));
  };
  const starts = places(before, before.length, (at) => given.slice(0, at));
  const ends = places(behind, given.length - behind.length, (at) => given.slice(at));
  // The nearest end and the farthest one of each start.
  const found = starts.flatMap((start) =>
    [ends.find((end) => end > start), ends.findLast((end) => end >= start)].flatMap((end) =>
      end === undefined ? [] : given.slice(start, end),
    ),
  );
  effort.spend(starts.length * ends.length);
  const [longest, ...others] = [...new Set(found)].sort((a, b) => b.length - a.length);
  return longest === undefined ? [] : [longest, ...others.reverse().slice(0, MOST_PARTS)];
}

/** Where a part of a text is looked for. The ARN of a role or a user is shorter. */
const LONGEST_SEARCHED = 1_024;
const MOST_PARTS = 3;

/**
 * Whether no other value of a variable does more than those that the conditions on a key compare with. A value that is the
 * variable alone is equal to them or not. Where each value begins alike up to the variable, and none is without one, the
 * variable's value is the same part of all of them.
 */
function isWorkedOut(name: string, isOwn: boolean, conditions: readonly Condition[]): boolean {
  const texts = conditions.flatMap(({ values }) => values.map(({ text }) => text));
  const varying = texts.filter((text) => variablesIn(text).length > 0);
  if (varying.length === 0) {
    return true;
  }
  if (isOwn || varying.some((text) => variablesIn(text).some((other) => other !== name))) {
    return false;
  }
  const beginnings = new Set(varying.map((text) => text.slice(0, text.search(VARIABLE))));
  return (
    varying.every((text) => BARE_VARIABLE.test(text)) ||
    (varying.length === texts.length &&
      beginnings.size === 1 &&
      varying.every((text) => variablesIn(text).length === 1))
  );
}

const VARIABLE = /\$\{\s*[a-z0-9.-]+:[^:]/i;
const BARE_VARIABLE = /^\$\{[^{}]*\}$/;

function likelyValue(name: string, index: number): string {
  if (name.endsWith('account')) {
    return '111122223333';
  }
  if (name === 'aws:userid') {
    return 'AIDACKCEVSQ6C2EXAMPLE';
  }
  return index === 0 ? 'someone' : `someone-${index + 1}`;
}
