import type { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { NamedAction } from './actions';
import { type Cell, concrete } from './cells';
import { resourceClasses } from './resources';

/** Stands for all that a NotResource leaves; no policy can have it. */
export const NOT_RESOURCE = '\0';

/** The pattern of all resources. */
export const EVERYTHING = concrete('*');

/** Resources of which the same statements speak, shown by one. */
export interface FoundClass {
  readonly resource: string;
  /** Whether a statement speaks of these resources. */
  readonly speaks: (cell: Cell) => boolean;
  readonly isPartial: boolean;
}

/**
 * The classes of resources that an entry of a statement stands for.
 *
 * @param keys the values of policy variables, and `assignment` a name for them
 * @param resource the only resource that is asked about, if there is one
 */
export function* classesOf(
  cell: Cell,
  cells: readonly Cell[],
  entry: string | undefined,
  keys: RequestKeys,
  assignment: string,
  { known: action }: NamedAction,
  service: string,
  resource: string | undefined,
): Generator<FoundClass | 'undecided'> {
  if (entry === undefined) {
    yield { resource: '*', speaks: () => true, isPartial: false };
    return;
  }
  const own = cell.resources(keys, assignment);
  const entries = cell.isNotResource
    ? [EVERYTHING]
    : own.filter(({ text }) => ofEntry(cell, entry, keys).has(text));
  const texts = new Map(
    cells
      .flatMap((each) => (each.hasNoResource ? [] : each.resources(keys, assignment)))
      .map((each) => [each.text, each]),
  );
  const asked = resource === undefined ? undefined : concrete(resource);
  if (asked !== undefined) {
    texts.set(asked.text, asked);
  }
  for (const of of entries) {
    const found = resourceClasses(of, [...texts.values()], action, service);
    for (const { witness, matching } of found.classes()) {
      const speaks = (each: Cell): boolean =>
        each.hasNoResource ||
        each.resources(keys, assignment).some(({ text }) => matching.has(text)) !== each.isNotResource;
      if (speaks(cell) && (asked === undefined || matching.has(asked.text))) {
        yield { resource: witness.text, speaks, isPartial: found.partial.size > 0 };
      }
    }
    if (!found.isComplete()) {
      yield 'undecided';
    }
  }
}

/** The patterns that an entry of a statement becomes when its variables have values. */
function ofEntry(cell: Cell, entry: string, keys: RequestKeys): ReadonlySet<string> {
  return new Set(cell.entryPatterns(entry, keys));
}
