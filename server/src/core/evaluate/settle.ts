import type { Application, Hinge } from './application';
import type { RequestKeys } from './conditions/requestKeys';

/** A condition key that an answer depends on. */
export interface Asked {
  /** As the policies write it first. */
  readonly key: string;
  /** The values that the policies compare it with, each once. */
  readonly values: readonly string[];
}

/**
 * The condition keys that can settle an answer, as few as can be found without trying every set: one Allow of each need
 * must apply, for which all its keys must be known, and no Deny may, for which one of its conditions that fails is
 * enough. What hangs on something that is no key is not settled by any, and asks only for its keys.
 *
 * @param needs the statements of each need that may allow
 * @param denials what may deny
 */
export function asksOf(
  needs: readonly (readonly Application[])[],
  denials: readonly Application[],
  keys: RequestKeys,
): readonly Asked[] {
  const chosen = new Map<string, string>();
  const missing = ({ unknownKeys = [] }: Hinge): readonly string[] =>
    unknownKeys.filter((key) => keys.isOpen(key) && !chosen.has(key.toLowerCase()));
  const choose = (names: readonly string[]): void => {
    for (const name of names) {
      chosen.set(name.toLowerCase(), chosen.get(name.toLowerCase()) ?? name);
    }
  };
  for (const allows of needs) {
    choose(shortest(allows, ({ hinges }) => distinct(hinges.flatMap(missing))));
  }
  for (const { hinges } of denials) {
    // A condition all of whose keys are asked for already may settle it.
    if (!hinges.some((hinge) => isOfKeys(hinge) && missing(hinge).length === 0)) {
      choose(
        shortest(
          hinges.filter((hinge) => missing(hinge).length > 0),
          missing,
        ),
      );
    }
  }
  const hinges = [...needs.flat(), ...denials].flatMap((application) => application.hinges);
  const values = valuesByKey(hinges, chosen);
  return [...chosen.values()].map((key) => ({ key, values: [...(values.get(key.toLowerCase()) ?? [])] }));
}

function isOfKeys({ unknownKeys }: Hinge): boolean {
  return unknownKeys !== undefined && unknownKeys.length > 0;
}

/** The first of the shortest lists of names that something gives, and none of nothing. */
function shortest<Part>(
  parts: readonly Part[],
  namesOf: (part: Part) => readonly string[],
): readonly string[] {
  let best: readonly string[] | undefined;
  for (const part of parts) {
    const names = namesOf(part);
    if (best === undefined || names.length < best.length) {
      best = names;
    }
    if (best.length === 0) {
      break;
    }
  }
  return best ?? [];
}

/** The values that conditions compare each of some keys with, by the key in lower case. */
function valuesByKey(
  hinges: readonly Hinge[],
  wanted: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map<string, Set<string>>();
  for (const { condition } of hinges) {
    if (condition === undefined || condition.operator.traits?.family === 'Null') {
      continue;
    }
    const key = condition.key.value.toLowerCase();
    if (!wanted.has(key)) {
      continue;
    }
    const values = byKey.get(key) ?? new Set();
    byKey.set(key, values);
    for (const { text } of condition.values) {
      values.add(text);
    }
  }
  return byKey;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
