import type { Cell } from './cells';

/**
 * Finds the statements of a list that apply to an action: those that name it, and among the others only those with
 * patterns.
 */
export class ActionIndex {
  private readonly byName = new Map<string, number[]>();
  private readonly open: number[] = [];
  readonly cells: readonly Cell[];
  /** What one look costs. */
  readonly cost: number;
  private readonly certainty: 'perhaps' | 'always';

  /** @param certainty whether those are found that certainly apply, or those that may */
  constructor(cells: readonly Cell[], certainty: 'perhaps' | 'always') {
    this.cells = cells;
    this.certainty = certainty;
    let cost = 5;
    cells.forEach((cell, at) => {
      if (cell.isNotAction || cell.actionPatterns.length > 0) {
        this.open.push(at);
        cost += 5 + cell.costOfLook;
        return;
      }
      for (const name of [...cell.actionNames].filter((each) => cell.matchesAction(each, certainty))) {
        const places = this.byName.get(name);
        if (places === undefined) {
          this.byName.set(name, [at]);
        } else {
          places.push(at);
        }
      }
    });
    this.cost = cost;
  }

  get size(): number {
    return this.cells.length;
  }

  /** @param name in lower case */
  cellsOf(name: string): readonly Cell[] {
    const open = this.open.filter((at) => this.cells[at]?.matchesAction(name, this.certainty) === true);
    const places = [...(this.byName.get(name) ?? []), ...open].sort((a, b) => a - b);
    return places.flatMap((at) => this.cells[at] ?? []);
  }
}
