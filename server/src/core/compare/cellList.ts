import type { Cell } from './cells';
import type { Around } from './solver';

/** Statements in order, with an index that finds those about certain resources. */
class CellList {
  readonly cells: readonly Cell[];
  /** Those that name no resources, or all but some: no resource leads to them. */
  private readonly unindexed: readonly Cell[];
  private readonly places: ReadonlyMap<Cell, number>;

  constructor(cells: readonly Cell[]) {
    this.cells = cells;
    this.unindexed = cells.filter(({ hasNoResource, isNotResource }) => hasNoResource || isNotResource);
    this.places = new Map(cells.map((cell, place) => [cell, place]));
  }

  /** @param owners of the patterns of resources that are asked about; beside them only those without an index are tried */
  those(owners: ReadonlySet<Cell>, speaks: (cell: Cell) => boolean): readonly Cell[] {
    if (owners.size >= this.cells.length) {
      return this.cells.filter(speaks);
    }
    const found = new Set(this.unindexed.filter(speaks));
    for (const owner of owners) {
      if (this.places.has(owner) && speaks(owner)) {
        found.add(owner);
      }
    }
    const placeOf = (cell: Cell): number => this.places.get(cell) ?? 0;
    return [...found].sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/**
 * The statements around that can apply to a caller. Thousands of resources are looked up, and few statements apply to
 * each.
 */
export class SpokenAround {
  private readonly allows: CellList;
  private readonly denies: CellList;
  private readonly lifted: CellList;
  private readonly limits: readonly CellList[];

  constructor({ allows, denies, lifted, limits }: Around) {
    this.allows = new CellList(allows);
    this.denies = new CellList(denies);
    this.lifted = new CellList(lifted);
    this.limits = limits.map((list) => new CellList(list));
  }

  /**
   * Those that speak of some resources.
   *
   * @param owners of the patterns of these resources
   * @param speaks for all others than the owners it must be false, save for statements that name no resources or all but
   * some
   */
  narrowed(owners: ReadonlySet<Cell>, speaks: (cell: Cell) => boolean): Around {
    return {
      allows: this.allows.those(owners, speaks),
      denies: this.denies.those(owners, speaks),
      lifted: this.lifted.those(owners, speaks),
      limits: this.limits.map((list) => list.those(owners, speaks)),
    };
  }

  /**
   * Those that speak of some resources, where that is not certain of all: what lets requests through is among them if it may
   * speak of the resources, and what keeps requests from being new only if it certainly does.
   *
   * @param owners of the patterns that may match these resources
   */
  narrowedLoosely(
    owners: ReadonlySet<Cell>,
    {
      always,
      perhaps,
    }: { readonly always: (cell: Cell) => boolean; readonly perhaps: (cell: Cell) => boolean },
  ): Around {
    return {
      allows: this.allows.those(owners, always),
      denies: this.denies.those(owners, always),
      lifted: this.lifted.those(owners, perhaps),
      limits: this.limits.map((list) => list.those(owners, perhaps)),
    };
  }

  /** Those that leave nothing of an entry out, and for what lets requests through those that meet it. */
  covering({ covers, all, meets, meeting }: Covering): Around {
    const those = (list: CellList): readonly Cell[] =>
      meets === undefined ? list.cells : list.those(meets, meeting);
    return {
      allows: this.allows.those(covers, all),
      denies: this.denies.those(covers, all),
      lifted: those(this.lifted),
      limits: this.limits.map(those),
    };
  }
}

/** Which statements apply to all resources of an entry, and which may apply to some. */
export interface Covering {
  /** Owners of patterns that cover the entry. */
  readonly covers: ReadonlySet<Cell>;
  readonly all: (cell: Cell) => boolean;
  /** Owners of patterns that meet the entry; `undefined` where every statement may. */
  readonly meets: ReadonlySet<Cell> | undefined;
  readonly meeting: (cell: Cell) => boolean;
}
