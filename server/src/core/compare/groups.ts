import { actionsOf, type NamedAction } from './actions';
import { type Cell, type CompiledText, concrete } from './cells';
import { coversCell } from './coverage';
import type { GainOptions } from './options';
import type { Side } from './sides';
import type { Around } from './solver';

/** Actions of a statement of which the same statements speak, and which the evaluation treats alike. */
export interface Group extends Around {
  readonly actions: NamedAction[];
  /** All of the statement. */
  readonly spoken: readonly NamedAction[];
}

export interface Groups {
  readonly groups: readonly Group[];
  /** All actions of the statement that were asked for. */
  readonly actions: readonly NamedAction[];
  /** Whether no action is left out. */
  readonly isComplete: boolean;
}

/** Puts the actions of a statement together that need be looked at once; those that cannot be gained are in no group. */
export class Grouping {
  private readonly within: CompiledText | undefined;
  private readonly coverings = new Map<Cell, Map<Cell, boolean>>();
  private readonly numbers = new Map<Cell, number>();
  private readonly side: Side;
  private readonly other: Side;
  private readonly lifted: readonly Cell[];
  private readonly options: GainOptions;

  /** @param lifted denials of the other side that this side does not have */
  constructor(side: Side, other: Side, lifted: readonly Cell[], options: GainOptions) {
    this.side = side;
    this.other = other;
    this.lifted = lifted;
    this.options = options;
    this.within = options.action === undefined ? undefined : concrete(options.action.toLowerCase());
  }

  /** @param isKept whether the other side has the statement as well, so that only denials that are gone count */
  groupsOf(cell: Cell, isKept: boolean): Groups {
    const limits = this.options.limits ?? [];
    const limiting = limits.flatMap(({ allows, denies }) => [...allows, ...denies]);
    const others = [...this.side.denies, ...this.other.allows, ...this.other.denies, ...limiting];
    const { actions, isComplete } = actionsOf(cell, [cell, ...others], this.options.iamData, this.within);
    const groups = new Map<string, Group>();
    for (const action of actions) {
      const name = action.name.toLowerCase();
      const speaks = (each: Cell): boolean => each.matchesAction(name);
      const lifted = this.lifted.filter(speaks);
      if (isKept && lifted.length === 0) {
        continue;
      }
      const allows = this.other.allows.filter(speaks);
      if (lifted.length === 0 && allows.some((each) => this.covers(each, cell))) {
        continue;
      }
      const denies = [this.side, ...limits].flatMap((each) => each.denies).filter(speaks);
      const needed = limits.map((limit) => limit.allows.filter(speaks));
      if (needed.some((list) => list.length === 0)) {
        continue;
      }
      const key = [
        ...[allows, denies, lifted, ...needed].map((list) => list.map((each) => this.numberOf(each)).join()),
        this.traitsOf(name),
      ].join(';');
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, { actions: [action], spoken: actions, allows, denies, lifted, limits: needed });
      } else {
        group.actions.push(action);
      }
    }
    return { actions, isComplete, groups: [...groups.values()] };
  }

  /** What of an action the evaluation treats in its own way: keys, roles, sessions, and where RCPs apply. */
  private traitsOf(action: string): string {
    const service = action.slice(0, action.indexOf(':'));
    return service === 'kms' || service === 'sts' || action === 'execute-api:invalidatecache'
      ? action
      : String(this.side.type === 'rcp' && this.options.rcpServices?.has(service) === false);
  }

  private numberOf(cell: Cell): number {
    const number = this.numbers.get(cell) ?? this.numbers.size;
    this.numbers.set(cell, number);
    return number;
  }

  /** Whether all that one statement speaks of, actions aside, the other speaks of as well. Never wrongly true. */
  private covers(wide: Cell, narrow: Cell): boolean {
    const known = this.coverings.get(narrow) ?? new Map<Cell, boolean>();
    this.coverings.set(narrow, known);
    let answer = known.get(wide);
    if (answer === undefined) {
      answer = coversCell(wide, narrow);
      known.set(wide, answer);
    }
    return answer;
  }
}
