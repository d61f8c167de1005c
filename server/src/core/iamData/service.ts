import { decodeKey, keyLookup, withTagPlaceholders } from './conditionKeys';
import type { ActionRow, FactsLine, KeyRow } from './layout';
import { ADDED_SERVICE_KEYS, SERVICE_KEY_TYPES } from './overlay';
import type {
  AccessLevel,
  Action,
  ActionResource,
  ConditionKey,
  ResourceType,
  Service,
  ServiceEntry,
} from './types';

/**
 * Decodes one line of the facts. The line is parsed at once; everything else is made when it is asked for, since a
 * policy names few of the hundreds of actions that a service may have, and a search through all services wants the
 * names alone.
 */
export function decodeService(entry: ServiceEntry, line: string): Service {
  const facts = JSON.parse(line) as FactsLine;
  // Additions come last: what follows counts the rows.
  const keys = lazy(() =>
    withTagPlaceholders([...facts.keys, ...addedKeys(entry.prefix, facts.keys)]).map(decodeCorrected),
  );
  const list = memoized(facts.lists.length, (index) => pick(keys(), facts.lists[index]));
  const types = lazy(() =>
    facts.types.map(([name, arn, keyList]): ResourceType => ({ name, arn, conditionKeys: list(keyList) })),
  );
  const action = memoized(facts.actions.length, (index) => {
    const row = facts.actions[index];
    return row === undefined ? undefined : decodeAction(entry.prefix, row, types(), list);
  });

  const actionNames = lazy(() => facts.actions.map(([name]) => name));
  const actionIndex = lazy(() => new Map(actionNames().map((name, index) => [name.toLowerCase(), index])));
  const typesByName = lazy(() => new Map(types().map((type) => [type.name.toLowerCase(), type])));
  const keyOf = lazy(() => keyLookup(keys()));
  const actions = lazy(() => facts.actions.flatMap((_, index) => action(index) ?? []));
  return {
    ...entry,
    actions,
    actionNames,
    action: (name) => {
      const index = actionIndex().get(name.toLowerCase());
      return index === undefined ? undefined : action(index);
    },
    resourceTypes: types,
    resourceType: (name) => typesByName().get(name.toLowerCase()),
    conditionKeys: keys,
    conditionKey: (name) => keyOf()(name),
  };
}

/** Computes a value once, when first asked for. */
function lazy<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** An addition steps back when the package has come to list the key itself. */
function addedKeys(prefix: string, rows: readonly KeyRow[]): readonly KeyRow[] {
  const listed = new Set(rows.map(([name]) => name.toLowerCase()));
  return (ADDED_SERVICE_KEYS.get(prefix) ?? []).filter(([name]) => !listed.has(name.toLowerCase()));
}

function decodeCorrected(row: KeyRow): ConditionKey {
  const [type, alternativeType] = SERVICE_KEY_TYPES.get(row[0].toLowerCase()) ?? [];
  const key = decodeKey(type === undefined ? row : [row[0], type]);
  return alternativeType === undefined ? key : { ...key, alternativeType };
}

function decodeAction(
  service: string,
  [name, levels, keyList, resourceRows, dependentActions = []]: ActionRow,
  types: readonly ResourceType[],
  list: (index: number) => readonly ConditionKey[],
): Action {
  const resources = resourceRows.flatMap(([typeIndex, required, rowList, dependents = []]) => {
    const type = types[typeIndex];
    const resource: ActionResource | undefined = type && {
      type,
      required: required === 1,
      conditionKeys: list(rowList),
      dependentActions: dependents,
    };
    return resource ?? [];
  });
  const conditionKeys = list(keyList);
  let supported: readonly ConditionKey[] | undefined;
  return {
    id: `${service}:${name}`,
    service,
    name,
    accessLevels: [...levels].flatMap((letter) => ACCESS_LEVELS.get(letter) ?? []),
    resources,
    conditionKeys,
    dependentActions,
    supportedConditionKeys: () => {
      supported ??= [
        ...new Set([
          ...conditionKeys,
          ...resources.flatMap((resource) => [...resource.conditionKeys, ...resource.type.conditionKeys]),
        ]),
      ];
      return supported;
    },
  };
}

function pick<T>(from: readonly T[], indexes: readonly number[] = []): readonly T[] {
  return indexes.flatMap((index) => from[index] ?? []);
}

/** Computes each of `length` values once, when first asked for. */
function memoized<T>(length: number, compute: (index: number) => T): (index: number) => T {
  const values: ({ readonly value: T } | undefined)[] = new Array(length);
  return (index) => {
    const known = values[index];
    if (known !== undefined) {
      return known.value;
    }
    const value = compute(index);
    values[index] = { value };
    return value;
  };
}

const ACCESS_LEVELS: ReadonlyMap<string, AccessLevel> = new Map<string, AccessLevel>([
  ['L', 'List'],
  ['R', 'Read'],
  ['W', 'Write'],
  ['T', 'Tagging'],
  ['P', 'Permissions management'],
]);
