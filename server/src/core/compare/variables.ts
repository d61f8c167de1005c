import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Condition, Statement } from '../model/policy';
import type { Effort } from './effort';
import { keyValues } from './keyValues';

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
): readonly ReadonlyMap<string, readonly string[]>[] {
  const open = names.filter((name) => !told.has(name));
  if (open.length === 0) {
    return [told];
  }
  const fresh = new Map([...told, ...open.map((name, index) => [name, [likelyValue(name, index)]] as const)]);
  const conditions = statements.flatMap((statement) => statement.conditions);
  // A variable whose key is not in the request has no value, or its default.
  const others: (readonly [string, readonly string[]])[] = [];
  for (const name of open) {
    if (others.length >= MOST_OTHERS) {
      break;
    }
    effort.spend(20 + conditions.length);
    others.push([name, []]);
    for (const value of comparedWith(name, conditions, effort)) {
      others.push([name, [value]]);
    }
  }
  effort.spend(2 * fresh.size * (1 + Math.min(others.length, MOST_OTHERS)));
  return [fresh, ...others.slice(0, MOST_OTHERS).map(([name, value]) => new Map(fresh).set(name, value))];
}

const MOST_OTHERS = 16;

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
    ? [...text.matchAll(/\$\{\s*([a-z0-9-]+:[^,{}\s]+)\s*(?:,[^{}]*)?\}/gi)].map(([, name = '']) =>
        name.toLowerCase(),
      )
    : [];
}

/** What the variable's key is compared with, and what the keys are compared with that it is compared with itself. */
function comparedWith(name: string, conditions: readonly Condition[], effort: Effort): readonly string[] {
  const keys = new Set([
    name,
    ...conditions
      .filter(({ values }) => values.some(({ text }) => variablesIn(text).includes(name)))
      .map(({ key }) => key.value.toLowerCase()),
  ]);
  const ofKey = (key: string): readonly string[] =>
    keyValues(
      conditions.filter((condition) => condition.key.value.toLowerCase() === key),
      new RequestKeys(),
      effort,
    ).sets.flatMap((values) => (values.length === 1 ? values : []));
  return [...new Set([...keys].flatMap(ofKey))];
}

function likelyValue(name: string, index: number): string {
  if (name.endsWith('account')) {
    return '111122223333';
  }
  if (name === 'aws:userid') {
    return 'AIDACKCEVSQ6C2EXAMPLE';
  }
  return index === 0 ? 'someone' : `someone-${index + 1}`;
}
