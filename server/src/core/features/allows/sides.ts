import type { Evaluation, OpenQuestion } from '../../evaluate/evaluate';
import { rangeContains } from '../../model/ipRange';
import type { Condition } from '../../model/policy';
import { type Show, valueList } from './conditionPhrase';

/** What follows if the condition keys that settle an answer have certain values. */
export interface Side {
  readonly outcome: Evaluation['outcome'];
  readonly told: readonly ToldValue[];
}

export interface ToldValue {
  readonly key: string;
  /** `undefined` where the key is not in the request. */
  readonly value: string | undefined;
  /** Whether the value stands for one that the policies do not name. */
  readonly isOther: boolean;
}

/**
 * What follows from each side: the outcomes that the keys an answer asks for can bring about, each tried. Of one key all
 * its values that the policies tell apart, as examples; of several keys one example for each outcome.
 */
export function sidesOf({ evaluation, outcomeWith, knownValue }: OpenQuestion): readonly Side[] {
  const { asks, hinges } = evaluation;
  if (asks.length === 0 || asks.length > MOST_KEYS) {
    return [];
  }
  const conditions = hinges.flatMap(({ condition }) => condition ?? []);
  const compared = hinges.reduce((sum, { condition }) => sum + (condition?.values.length ?? 1), 0);
  const trialsLeft = Math.min(MAX_TRIALS, Math.max(MIN_TRIALS, Math.floor(MAX_JUDGED / compared)));
  const most = Math.max(2, Math.floor(trialsLeft ** (1 / asks.length)));
  const variables = variablesIn(conditions);
  const choices = asks.map(({ key }) => valuesFor(key, conditions, variables, knownValue, most));
  const sides: Side[] = [];
  const seen = new Set<string>();
  let trials = 0;
  for (const told of combinations(choices)) {
    trials += 1;
    if (trials > trialsLeft) {
      break;
    }
    const context = new Map(told.map(({ key, value }) => [key, value === undefined ? [] : [value]]));
    const outcome = outcomeWith(context);
    if (asks.length === 1 || !seen.has(outcome)) {
      seen.add(outcome);
      sides.push({ outcome, told });
    }
  }
  return sides;
}

/**
 * The sides as phrases, as in `denied if aws:SourceVpce has another value or is not in the request`: of one key a phrase
 * for each outcome, of several keys one for each example.
 *
 * @param show makes what the policies have written fit to be shown where the phrase goes
 */
export function sideSentences(sides: readonly Side[], show: Show = (text) => text): readonly string[] {
  const isOneKey = sides.every(({ told }) => told.length === 1);
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    const name = isOneKey ? side.outcome : `${groups.size}`;
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(side);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const where = isOneKey
      ? keyPhrase(
          group.flatMap(({ told }) => told),
          show,
        )
      : first.told.map((told) => keyPhrase([told], show)).join(' and ');
    return [`${OUTCOMES[first.outcome]} if ${where}`];
  });
}

const OUTCOMES: Readonly<Record<Evaluation['outcome'], string>> = {
  allow: 'allowed',
  deny: 'denied',
  'implicit-deny': 'not allowed',
  depends: 'still open',
};

/** What one key may have, as in `aws:SourceVpce is vpce-0a1b2c3d or is not in the request`. */
function keyPhrase(told: readonly ToldValue[], show: Show): string {
  const named = told.flatMap(({ value, isOther }) => (value === undefined || isOther ? [] : value));
  return [
    told[0] === undefined ? '' : show(told[0].key),
    [
      ...(named.length === 0 ? [] : [`is ${valueList(named, show)}`]),
      ...(told.some(({ isOther }) => isOther) ? ['has another value'] : []),
      ...(told.some(({ value }) => value === undefined) ? ['is not in the request'] : []),
    ].join(' or '),
  ].join(' ');
}

/** Each trial evaluates again what the answer depends on: if that is much, fewer examples are tried. */
const MAX_TRIALS = 48;
const MIN_TRIALS = 3;
const MAX_JUDGED = 10_000;

/** Of more keys no example tells a person anything. */
const MOST_KEYS = 8;

/** Of more keys than these only the first values are tried. */
const MAX_KEYS = 5;

function* combinations(
  choices: readonly (readonly ToldValue[])[],
): Generator<readonly ToldValue[], void, undefined> {
  const [first, ...others] = choices;
  if (first === undefined) {
    yield [];
    return;
  }
  const values = choices.length > MAX_KEYS ? first.slice(0, 1) : first;
  for (const value of values) {
    for (const rest of combinations(others)) {
      yield [value, ...rest];
    }
  }
}

/** Values of a key that the conditions tell apart, with one that they do not name, and none. */
function valuesFor(
  key: string,
  conditions: readonly Condition[],
  variables: ReadonlySet<string>,
  knownValue: OpenQuestion['knownValue'],
  most: number,
): readonly ToldValue[] {
  const about = conditions.filter((condition) => condition.key.value.toLowerCase() === key.toLowerCase());
  const named = [
    ...new Set([
      ...about.flatMap((condition) => namedValues(condition, knownValue)),
      ...(variables.has(key.toLowerCase()) ? [EXAMPLE] : []),
    ]),
  ].slice(0, Math.max(1, most - 2));
  const others = [...new Set(about.flatMap(otherValues))]
    .filter((value) => !named.includes(value))
    .slice(0, 1);
  const fallback = others.length === 0 && (named.length === 0 || about.length === 0) ? ['another-value'] : [];
  return [
    ...named.map((value) => ({ key, value, isOther: false })),
    ...[...others, ...fallback].map((value) => ({ key, value, isOther: true })),
    { key, value: undefined, isOther: false },
  ];
}

/** What an unknown variable, or a wildcard, stands for in the examples. */
const EXAMPLE = 'example';

const VARIABLE = /\$\{([^,{}]*)(?:,[^{}]*)?\}/g;

/** The keys that the values of conditions name by variables, in lower case. */
function variablesIn(conditions: readonly Condition[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { values } of conditions) {
    for (const { text } of values) {
      for (const [, name = ''] of text.includes('${') ? text.matchAll(VARIABLE) : []) {
        names.add(name.trim().toLowerCase());
      }
    }
  }
  return names;
}

/** A value with its variables put in, those that are not known by an example. */
function filled(text: string, knownValue: OpenQuestion['knownValue']): string {
  return text.replace(VARIABLE, (_, name: string) =>
    /^[*?$]$/.test(name) ? name : (knownValue(name.trim()) ?? EXAMPLE),
  );
}

/** Of patterns a text that they match. */
function namedValues(
  { operator, values, statement }: Condition,
  knownValue: OpenQuestion['knownValue'],
): readonly string[] {
  const texts = values.map(({ text }) => text).filter((text) => text !== '');
  switch (operator.traits?.family) {
    case 'Null':
      return [];
    case 'Bool':
      return ['true', 'false'];
    case 'IpAddress':
      return texts.map((text) => text.replace(/\/.*$/s, ''));
    case 'String':
    case 'Arn': {
      const isOpen = statement.policy.version === '2012-10-17';
      const wild = (text: string): string => text.replaceAll('*', EXAMPLE).replaceAll('?', 'x');
      return texts
        .filter((text) => isOpen || !text.includes('${'))
        .map((text) => {
          // What stands in a variable, and what a variable stands for, is no wildcard.
          const parts = text.split(/(\$\{[^{}]*\})/);
          const plain = parts.map((part) =>
            part.startsWith('${') ? filled(part, knownValue) : operator.traits?.wildcards ? wild(part) : part,
          );
          return plain.join('');
        });
    }
    case 'Numeric': {
      const numbers = texts.map(Number).filter(Number.isFinite);
      return numbers.flatMap((number) => [number - 1, number, number + 1]).map(String);
    }
    case 'Date':
      return [...texts, LONG_AGO, FAR_AHEAD];
    default:
      return texts;
  }
}

const LONG_AGO = '1971-01-01T00:00:00Z';
const FAR_AHEAD = '2999-01-01T00:00:00Z';

function otherValues({ operator, values }: Condition): readonly string[] {
  switch (operator.traits?.family) {
    case 'String':
      return ['another-value'];
    case 'Arn':
      return ['arn:aws:iam::000000000000:role/another'];
    case 'Binary':
      return ['b3RoZXI='];
    case 'IpAddress':
      return OUTSIDE.filter((address) => values.every(({ text }) => rangeContains(text, address) === false));
    default:
      return [];
  }
}

/** Addresses for documentation (RFC 5737, RFC 3849), and ones of private networks. */
const OUTSIDE = ['203.0.113.1', '198.51.100.1', '192.0.2.1', '10.0.0.1', '192.168.0.1', '2001:db8::1'];
