import { isKeyless } from '../evaluate/decisive';
import { INVALIDATE_CACHE, RETIRE_GRANT } from '../evaluate/exceptions';
import type { PolicyType } from '../locate/policyType';
import { intersects } from '../pattern/pattern';
import { ActionIndex } from './actionIndex';
import { actionsOf, type NamedAction, type NamedActions, type Vocabulary, vocabularyOf } from './actions';
import { type Cell, concrete } from './cells';
import type { Contexts } from './context';
import { coversCell } from './coverage';
import type { Effort } from './effort';
import { textOf } from './entryTexts';
import type { GainOptions } from './options';
import type { CompiledText } from './prefixIndex';
import type { Side } from './sides';
import { Surroundings } from './surroundings';

/** Actions of a statement to which the same statements apply, and which the evaluation treats alike. */
export interface Group {
  readonly actions: NamedAction[];
  /** All of the statement. */
  readonly spoken: readonly NamedAction[];
  /** The statements that have a say about them. */
  readonly around: Surroundings;
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
  private readonly byAction = new Map<string, Surroundings>();
  private readonly surroundings = new Map<string, Surroundings>();
  private readonly numbers = new Map<Cell, number>();
  private readonly coverings = new Map<Cell, Map<Cell, boolean>>();
  private readonly indexes: {
    readonly lifted: ActionIndex;
    readonly allows: ActionIndex;
    readonly denies: ActionIndex;
    readonly needed: readonly ActionIndex[];
  };
  private readonly vocabulary: Vocabulary;
  private readonly named = new Map<string, NamedActions>();
  private readonly type: PolicyType;
  private readonly hasRcps: boolean;
  private readonly options: GainOptions;
  private readonly contexts: Contexts;
  private readonly effort: Effort;

  /** @param lifted denials of the other side that this side does not have */
  constructor(
    { side, other, lifted, options }: GroupingQuestion,
    { contexts, effort }: { readonly contexts: Contexts; readonly effort: Effort },
  ) {
    this.type = side.type;
    this.options = options;
    this.contexts = contexts;
    this.effort = effort;
    const limits = options.limits ?? [];
    this.hasRcps = [side, ...limits].some(({ type }) => type === 'rcp');
    const limiting = limits.flatMap(({ allows, denies }) => [...allows, ...denies]);
    this.vocabulary = vocabularyOf([...side.denies, ...other.allows, ...other.denies, ...limiting]);
    this.indexes = {
      lifted: new ActionIndex(lifted, 'perhaps'),
      allows: new ActionIndex(other.allows, 'always'),
      denies: new ActionIndex(
        [side, ...limits].flatMap((each) => each.denies),
        'always',
      ),
      needed: limits.map((limit) => new ActionIndex(limit.allows, 'perhaps')),
    };
    this.within = options.action === undefined ? undefined : concrete(options.action.toLowerCase());
  }

  /** @param isKept whether the other side has the statement as well, so that only denials that are gone count */
  groupsOf(cell: Cell, isKept: boolean): Groups {
    const named = this.actionsOf(cell, isKept);
    const { actions } = named;
    const isComplete = named.isComplete && !this.mayGainOpen(cell, isKept);
    const groups = new Map<Surroundings, Map<string, Group>>();
    const covered = new Map<Surroundings, boolean>();
    this.effort.spend(8 * actions.length);
    for (const action of actions) {
      if (this.effort.isSpent) {
        return { actions, isComplete: false, groups: [] };
      }
      const name = action.name.toLowerCase();
      if (isKept && !this.isLifted(name)) {
        continue;
      }
      const around = this.around(name);
      const { allows, lifted, limits } = around;
      if (limits.some((list) => list.length === 0)) {
        continue;
      }
      if (lifted.length === 0) {
        const isCovered = covered.get(around) ?? this.isCovered(cell, allows);
        covered.set(around, isCovered);
        if (isCovered) {
          continue;
        }
      }
      const traits = this.traitsOf(name);
      const of = groups.get(around) ?? new Map<string, Group>();
      groups.set(around, of);
      const group = of.get(traits);
      if (group === undefined) {
        of.set(traits, { actions: [action], spoken: actions, around });
      } else {
        group.actions.push(action);
      }
    }
    return { actions, isComplete, groups: [...groups.values()].flatMap((of) => [...of.values()]) };
  }

  /** Whether a removed denial applies to an action. */
  private isLifted(name: string): boolean {
    const { lifted } = this.indexes;
    this.effort.spend(lifted.cost);
    return lifted.cellsOf(name).length > 0;
  }

  /** The same for statements that name the same actions. */
  private actionsOf(cell: Cell, isKept: boolean): NamedActions {
    const settled = isKept ? NOTHING : this.settledOf(cell);
    const texts = cell.statement.actions.flatMap(({ entries }) => entries.map(textOf));
    const key = JSON.stringify([cell.isNotAction, texts, [...settled]]);
    this.effort.spend(5 * texts.length);
    const { iamData } = this.options;
    const known =
      this.named.get(key) ??
      actionsOf(cell, this.vocabulary, { iamData, within: this.within, settled, effort: this.effort });
    this.named.set(key, known);
    return known;
  }

  /**
   * The names and patterns of actions that an Allow of the other side has as well, for all else that the statement
   * speaks of. What a Deny of the other side that is gone may have denied stays.
   */
  private settledOf(cell: Cell): ReadonlySet<string> {
    const { allows, lifted } = this.indexes;
    if (lifted.size > 0 || cell.isOpen || cell.isNotAction) {
      return NOTHING;
    }
    const texts = [...cell.actionNames, ...cell.actionPatterns.map(({ text }) => text)];
    const settled = new Set<string>();
    for (const wide of allows.cells) {
      this.effort.spend(10);
      if (this.effort.isSpent) {
        return settled;
      }
      if (!wide.isNotAction && this.covers(wide, cell)) {
        for (const text of texts) {
          if (wide.namesAction(text)) {
            settled.add(text);
          }
        }
      }
    }
    return settled;
  }

  /** Whether an action that a tool fills in may be gained: no statement of the other side names it, or a Deny that is gone may. */
  private mayGainOpen(cell: Cell, isKept: boolean): boolean {
    const { allows, lifted } = this.indexes;
    const { within } = this;
    return (
      !cell.isNotAction &&
      cell.openActions.some(({ text, pattern }) => {
        this.effort.spend(10 * (allows.size + lifted.size));
        const isNamed = (wide: Cell): boolean =>
          !wide.isNotAction && wide.namesAction(text) && this.covers(wide, cell);
        return (
          (within === undefined || intersects(pattern, within.pattern)) &&
          ((!isKept && !allows.cells.some(isNamed)) ||
            lifted.cells.some((denial) => denial.maySpeakOf(pattern)))
        );
      })
    );
  }

  /** The statements that have a say about an action, one object for all actions with the same statements. */
  private around(name: string): Surroundings {
    const known = this.byAction.get(name);
    if (known !== undefined) {
      return known;
    }
    const { lifted, allows, denies, needed } = this.indexes;
    const lists = {
      lifted: lifted.cellsOf(name),
      allows: allows.cellsOf(name),
      denies: denies.cellsOf(name).filter((cell) => this.mayCount(cell, name)),
      limits: needed.map((index) => index.cellsOf(name)),
    };
    this.effort.spend(
      [lifted, allows, denies, ...needed].reduce((sum, index) => sum + index.cost, 0) +
        10 * (lists.allows.length + lists.denies.length),
    );
    const key = [lists.lifted, lists.allows, lists.denies, ...lists.limits]
      .map((list) => list.map((each) => this.numberOf(each)).join())
      .join(';');
    const found = this.surroundings.get(key) ?? new Surroundings(lists, this.effort);
    this.surroundings.set(key, found);
    this.byAction.set(name, found);
    return found;
  }

  /**
   * Whether a Deny certainly counts for an action: not for certain that of a resource control policy where AWS applies none,
   * of which the evaluation decides.
   */
  private mayCount({ statement }: Cell, name: string): boolean {
    return (
      this.type === 'rcp' ||
      statement.policy.kind.type !== 'rcp' ||
      (name !== RETIRE_GRANT && this.options.rcpServices?.has(name.slice(0, name.indexOf(':'))) !== false)
    );
  }

  /** What of an action the evaluation treats in its own way: keys, roles, sessions, and where RCPs apply. */
  private traitsOf(action: string): string {
    const service = action.slice(0, action.indexOf(':'));
    if (service === 'kms') {
      return action === RETIRE_GRANT ? action : `${service} ${isKeyless(action)}`;
    }
    return service === 'sts' || action === INVALIDATE_CACHE
      ? action
      : String(this.hasRcps && this.options.rcpServices?.has(service) === false);
  }

  private numberOf(cell: Cell): number {
    const number = this.numbers.get(cell) ?? this.numbers.size;
    this.numbers.set(cell, number);
    return number;
  }

  /**
   * Whether one of some statements applies to everything that a statement applies to, actions aside. Never wrongly
   * true.
   */
  private isCovered(cell: Cell, allows: readonly Cell[]): boolean {
    for (const wide of allows) {
      this.effort.spend(10);
      if (this.effort.isSpent) {
        return false;
      }
      if (this.covers(wide, cell)) {
        return true;
      }
    }
    return false;
  }

  private covers(wide: Cell, narrow: Cell): boolean {
    const known = this.coverings.get(narrow) ?? new Map<Cell, boolean>();
    this.coverings.set(narrow, known);
    let answer = known.get(wide);
    if (answer === undefined) {
      this.effort.spend(20);
      answer = coversCell(wide, narrow, this.contexts, this.effort);
      known.set(wide, answer);
    }
    return answer;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

export interface GroupingQuestion {
  readonly side: Side;
  readonly other: Side;
  readonly lifted: readonly Cell[];
  readonly options: GainOptions;
}
