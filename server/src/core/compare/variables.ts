import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Statement } from '../model/policy';
import type { Cell } from './cells';
import { keyValues } from './keyValues';

/**
 * Values for the policy variables that statements use, as far as nothing tells them: first some that no policy names, then
 * those that conditions compare the variable or the same thing with. IAM User Guide, "IAM policy elements: Variables and
 * tags".
 *
 * @param told what is known of keys already, by their names in lower case; each assignment holds it
 */
export function assignments(
  cells: readonly Cell[],
  told: ReadonlyMap<string, readonly string[]>,
): readonly ReadonlyMap<string, readonly string[]>[] {
  const statements = cells.map(({ statement }) => statement);
  const names = variablesOf(statements).filter((name) => !told.has(name));
  if (names.length === 0) {
    return [told];
  }
  const fresh = new Map([
    ...told,
    ...names.map((name, index) => [name, [likelyValue(name, index)]] as const),
  ]);
  // A variable whose key is not in the request has no value, or its default.
  const others = names.flatMap((name): (readonly [string, readonly string[]])[] => [
    [name, []],
    ...comparedWith(name, statements).map((value): [string, readonly string[]] => [name, [value]]),
  ]);
  return [fresh, ...others.slice(0, MOST_OTHERS).map(([name, value]) => new Map(fresh).set(name, value))];
}

const MOST_OTHERS = 16;

/** In lower case, each once. */
function variablesOf(statements: readonly Statement[]): readonly string[] {
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
function comparedWith(name: string, statements: readonly Statement[]): readonly string[] {
  const conditions = statements.flatMap((statement) => statement.conditions);
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
