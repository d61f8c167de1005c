import { memoize } from '../pattern/memo';
import { decodeKey, keyLookup, withTagPlaceholders } from './conditionKeys';
import type { ActionRow, FactsLine, KeyRow, ResourceRow } from './layout';
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
  const list = memoized((index) => pick(keys(), facts.lists[index]));
  const types = lazy(() => facts.types.map((row) => new DecodedType(row, list)));
  const shared = { types, list };
  const action = memoized((index) => {
    const row = facts.actions[index];
    return row && new DecodedAction(entry.prefix, row, shared);
  });

  const actionNames = lazy(() => facts.actions.map(([name]) => name));
  const actionIndex = lazy(() => indexByName(actionNames()));
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

/** Without a pair for each: a service may have seven hundred. */
function indexByName(names: readonly string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  names.forEach((name, at) => {
    index.set(name.toLowerCase(), at);
  });
  return index;
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
  const added = ADDED_SERVICE_KEYS.get(prefix);
  if (added === undefined) {
    return NONE;
  }
  const listed = new Set(rows.map(([name]) => name.toLowerCase()));
  return added.filter(([name]) => !listed.has(name.toLowerCase()));
}

function decodeCorrected(row: KeyRow): ConditionKey {
  const [type, alternativeType] = SERVICE_KEY_TYPES.get(row[0].toLowerCase()) ?? [];
  const key = decodeKey(type === undefined ? row : [row[0], type]);
  return alternativeType === undefined ? key : { ...key, alternativeType };
}

type KeyList = (index: number) => readonly ConditionKey[];

/** Of most types nobody asks for the keys, and of most actions for nothing but whether there is one of the name. */
class DecodedType implements ResourceType {
  readonly name: string;
  readonly arn: string;
  readonly #keys: number;
  readonly #list: KeyList;

  constructor([name, arn, keys]: FactsLine['types'][number], list: KeyList) {
    this.name = name;
    this.arn = arn;
    this.#keys = keys;
    this.#list = list;
  }

  get conditionKeys(): readonly ConditionKey[] {
    return this.#list(this.#keys);
  }
}

class DecodedAction implements Action {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly #row: ActionRow;
  readonly #facts: { readonly types: () => readonly ResourceType[]; readonly list: KeyList };
  #resources: readonly ActionResource[] | undefined;
  #supported: readonly ConditionKey[] | undefined;

  constructor(
    service: string,
    row: ActionRow,
    facts: { types: () => readonly ResourceType[]; list: KeyList },
  ) {
    [this.name] = row;
    this.id = `${service}:${this.name}`;
    this.service = service;
    this.#row = row;
    this.#facts = facts;
  }

  get accessLevels(): readonly AccessLevel[] {
    return levelsOf(this.#row[1]);
  }

  get conditionKeys(): readonly ConditionKey[] {
    return this.#facts.list(this.#row[2]);
  }

  get resources(): readonly ActionResource[] {
    this.#resources ??= decodeResources(this.#row[3], this.#facts.types(), this.#facts.list);
    return this.#resources;
  }

  get dependentActions(): readonly string[] {
    return this.#row[4] ?? NONE;
  }

  supportedConditionKeys(): readonly ConditionKey[] {
    this.#supported ??= [
      ...new Set([
        ...this.conditionKeys,
        ...this.resources.flatMap((resource) => [...resource.conditionKeys, ...resource.type.conditionKeys]),
      ]),
    ];
    return this.#supported;
  }
}

const NONE: readonly never[] = [];

const levelsOf = memoize((letters): readonly AccessLevel[] =>
  [...letters].flatMap((letter) => ACCESS_LEVELS.get(letter) ?? []),
);

function decodeResources(
  rows: readonly ResourceRow[],
  types: readonly ResourceType[],
  list: KeyList,
): readonly ActionResource[] {
  return rows.flatMap(([typeIndex, required, keys, dependentActions = NONE]) => {
    const type = types[typeIndex];
    return type === undefined
      ? []
      : [{ type, required: required === 1, conditionKeys: list(keys), dependentActions }];
  });
}

function pick<T>(from: readonly T[], indexes: readonly number[] = []): readonly T[] {
  return indexes.flatMap((index) => from[index] ?? []);
}

/** Computes each value once, when first asked for. */
function memoized<T>(compute: (index: number) => T): (index: number) => T {
  const values: (T | undefined)[] = [];
  return (index) => {
    const known = values[index] ?? compute(index);
    values[index] = known;
    return known;
  };
}

const ACCESS_LEVELS: ReadonlyMap<string, AccessLevel> = new Map<string, AccessLevel>([
  ['L', 'List'],
  ['R', 'Read'],
  ['W', 'Write'],
  ['T', 'Tagging'],
  ['P', 'Permissions management'],
]);
