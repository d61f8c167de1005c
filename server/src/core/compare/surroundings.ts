import type { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Pattern } from '../pattern/pattern';
import { type Cell, relationOf } from './cells';
import type { Effort } from './effort';
import { type CompiledText, PrefixIndex } from './prefixIndex';
import type { Around } from './solver';
import { variablesOf } from './variables';

/** How the patterns of resources of some statements lie to one pattern. */
export interface Relations {
  /** Those that match all that it matches. */
  readonly covering: readonly CompiledText[];
  /** Those that match a part of it. */
  readonly partial: readonly CompiledText[];
}

/** The patterns of resources of statements, with values for variables put in, and whose they are. */
export class TextIndex {
  private readonly owners = new Map<string, Set<Cell>>();
  private readonly texts = new Map<string, CompiledText>();
  private readonly relations = new Map<string, Relations>();
  private readonly effort: Effort;
  private index: PrefixIndex | undefined;

  /** All statements. */
  readonly all: ReadonlySet<Cell>;

  constructor(cells: readonly Cell[], keys: RequestKeys, assignment: string, effort: Effort) {
    this.effort = effort;
    this.all = new Set(cells);
    for (const cell of cells) {
      const texts = cell.hasNoResource ? [] : cell.resources(keys, assignment);
      effort.spend(assignment === '' ? 5 + 5 * texts.length : 20 + STEPS_PER_FILLED_IN * texts.length);
      for (const text of texts) {
        this.add(text);
        this.owners.get(text.text)?.add(cell);
      }
    }
  }

  /** The statements that have one of the patterns. */
  ownersOf(texts: Iterable<string>): ReadonlySet<Cell> {
    const cells = new Set<Cell>();
    for (const text of texts) {
      for (const cell of this.owners.get(text) ?? []) {
        cells.add(cell);
      }
    }
    return cells;
  }

  relationsTo(of: CompiledText): Relations {
    const known = this.relations.get(of.text);
    if (known !== undefined) {
      return known;
    }
    const covering: CompiledText[] = [];
    const partial: CompiledText[] = [];
    if (this.index === undefined) {
      this.index = new PrefixIndex(this.texts.values());
      this.effort.spend(STEPS_PER_SORTED * this.texts.size);
    }
    for (const other of this.index.candidates(of.pattern)) {
      this.effort.spend(costOf(of.pattern, other.pattern));
      const relation = other.text === of.text ? 'covers' : relationOf(other, of);
      if (relation === 'covers') {
        covering.push(other);
      } else if (relation === 'partial') {
        partial.push(other);
      }
    }
    const relations = { covering, partial };
    this.relations.set(of.text, relations);
    return relations;
  }

  private add(text: CompiledText): void {
    if (!this.texts.has(text.text)) {
      this.texts.set(text.text, text);
      this.owners.set(text.text, new Set());
    }
  }
}

/** Laying two short patterns over each other takes about as long as they are; of long ones each may be laid anywhere. */
function costOf(one: Pattern, other: Pattern): number {
  const [a, b] = [one.codes.length, other.codes.length];
  return 10 + a + b + (a > LONG && b > LONG ? (a * b) / 4 : 0);
}

const LONG = 200;

/** What it takes to put values into the variables of a pattern and to compile it. */
const STEPS_PER_FILLED_IN = 40;
const STEPS_PER_SORTED = 15;

/** The statements that have a say about some actions, beside the one that allows them, and what follows from them. */
export class Surroundings implements Around {
  readonly allows: readonly Cell[];
  readonly denies: readonly Cell[];
  readonly lifted: readonly Cell[];
  readonly limits: readonly (readonly Cell[])[];
  readonly cells: readonly Cell[];
  private readonly texts = new Map<string, TextIndex>();
  private readonly effort: Effort;
  private told: { readonly variables: readonly string[]; readonly keys: ReadonlySet<string> } | undefined;

  constructor({ allows, denies, lifted, limits }: Around, effort: Effort) {
    this.allows = allows;
    this.denies = denies;
    this.lifted = lifted;
    this.limits = limits;
    this.cells = [...allows, ...denies, ...lifted, ...limits.flat()];
    this.effort = effort;
  }

  /** The policy variables that the statements use, and the keys of their conditions; in lower case. */
  get names(): { readonly variables: readonly string[]; readonly keys: ReadonlySet<string> } {
    if (this.told === undefined) {
      const statements = this.cells.map(({ statement }) => statement);
      const keys = new Set(
        statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.value.toLowerCase())),
      );
      this.told = { variables: variablesOf(statements), keys };
      this.effort.spend(10 * this.cells.length);
    }
    return this.told;
  }

  /** @param assignment a name for what is known of the variables */
  textsFor(keys: RequestKeys, assignment: string): TextIndex {
    const known = this.texts.get(assignment) ?? new TextIndex(this.cells, keys, assignment, this.effort);
    this.texts.set(assignment, known);
    return known;
  }
}
