import type { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { NamedAction } from './actions';
import { type Cell, concrete, relationOf } from './cells';
import type { Effort } from './effort';
import type { CompiledText } from './prefixIndex';
import { type ResourceClass, resourceClasses } from './resources';
import type { TextIndex } from './surroundings';

/** Stands for all that a NotResource leaves; no policy can have it. */
export const NOT_RESOURCE = '\0';

/** The pattern of all resources. */
export const EVERYTHING = concrete('*');

/** Resources to which the same statements apply, represented by one of them. */
export interface FoundClass {
  readonly resource: string;
  /** Statements with a pattern that matches them. */
  readonly owners: ReadonlySet<Cell>;
  /** Whether a surrounding statement applies to these resources. */
  readonly speaks: (cell: Cell) => boolean;
  readonly isPartial: boolean;
}

export interface EntryQuestion {
  readonly cell: Cell;
  /** One of the resources of the statement as it is written; `undefined` where it names none. */
  readonly entry: string | undefined;
  /** Of the statements around. */
  readonly texts: TextIndex;
  /** What is known of the values of policy variables, and a name for it. */
  readonly keys: RequestKeys;
  readonly assignment: string;
  readonly action: NamedAction;
  /** The only resource that is asked about, if there is one. */
  readonly asked: CompiledText | undefined;
  readonly effort: Effort;
}

/** The classes of resources that an entry of a statement stands for. */
export function* classesOf(question: EntryQuestion): Generator<FoundClass | 'undecided'> {
  const { cell, entry, texts, keys, assignment, action, asked, effort } = question;
  if (entry === undefined) {
    yield { resource: '*', owners: texts.all, speaks: () => true, isPartial: false };
    return;
  }
  const service = action.name.slice(0, action.name.indexOf(':'));
  const own = cell.resources(keys, assignment);
  const entries = cell.isNotResource
    ? [EVERYTHING]
    : own.filter(({ text }) => ofEntry(cell, entry, keys).has(text));
  for (const of of entries) {
    const { covering, partial } = texts.relationsTo(of);
    // What is left out by the statement itself, and what is asked about, tell resources apart as well.
    const extra = [...(cell.isNotResource ? own : []), ...(asked === undefined ? [] : [asked])];
    const around = {
      covering: new Set(covering.map(({ text }) => text)),
      partial: new Map(partial.map((each) => [each.text, each])),
    };
    for (const each of extra) {
      const relation = each.text === of.text ? 'covers' : relationOf(each, of);
      if (relation === 'covers') {
        around.covering.add(each.text);
      } else if (relation === 'partial') {
        around.partial.set(each.text, each);
      }
    }
    const found = resourceClasses(
      of,
      { covering: around.covering, partial: [...around.partial.values()] },
      { action: action.known, service, effort },
    );
    for (const each of found.classes()) {
      if (isOfStatement(question, own, each)) {
        const owners = texts.ownersOf(each.matching);
        yield {
          resource: each.witness.text,
          owners,
          speaks: (other) => other.hasNoResource || owners.has(other) !== other.isNotResource,
          isPartial: partial.length > 0,
        };
      }
    }
    if (!found.isComplete()) {
      yield 'undecided';
    }
  }
}

function isOfStatement(
  { cell, asked }: EntryQuestion,
  own: readonly CompiledText[],
  { matching }: ResourceClass,
): boolean {
  return (
    (!cell.isNotResource || !own.some(({ text }) => matching.has(text))) &&
    (asked === undefined || matching.has(asked.text))
  );
}

/** The patterns that an entry of a statement becomes when its variables have values. */
function ofEntry(cell: Cell, entry: string, keys: RequestKeys): ReadonlySet<string> {
  return new Set(cell.entryPatterns(entry, keys));
}

/** A generator that is walked through once, however often its items are asked for. */
export class Remembered<Item> implements Iterable<Item> {
  private readonly items: Item[] = [];
  private readonly source: Iterator<Item>;

  constructor(source: Iterator<Item>) {
    this.source = source;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let at = 0; ; at += 1) {
      if (at === this.items.length) {
        const next = this.source.next();
        if (next.done === true) {
          return;
        }
        this.items.push(next.value);
      }
      const item = this.items[at];
      if (item === undefined) {
        return;
      }
      yield item;
    }
  }
}
