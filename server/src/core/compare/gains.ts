import { splitArn } from '../arn/arn';
import { readCaller } from '../evaluate/caller';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { EvaluationRequest } from '../evaluate/request';
import type { Statement } from '../model/policy';
import { likeliest, type NamedAction } from './actions';
import { knownOf, type Representative, representatives } from './callers';
import { type Cell, concrete, relationOf } from './cells';
import { classesOf, EVERYTHING, NOT_RESOURCE } from './entryClasses';
import { type Group, Grouping } from './groups';
import type { GainOptions } from './options';
import { resourceClasses } from './resources';
import type { Side } from './sides';
import { type Around, Solver } from './solver';
import { assignments } from './variables';
import { Witnesses } from './witnesses';

/** Requests that are granted on one side and not on the other, all by one statement and alike. */
export interface Gain {
  /** The Allow by which they are granted. */
  readonly statement: Statement;
  readonly actions: readonly NamedAction[];
  /** All actions that the statement speaks of, as far as they were asked for. */
  readonly spoken: readonly NamedAction[];
  /** As the policy writes it; absent where the statement names none. */
  readonly resource: string | undefined;
  /** Whether a part of these resources was granted before. */
  readonly isPart: boolean;
  readonly caller: Representative;
  /** One of the requests; absent where none could be shown. */
  readonly witness: EvaluationRequest | undefined;
  /** Whether it is certain that the witness is granted on one side and not on the other. */
  readonly isCertain: boolean;
  /** Whether anybody at all can send it: no condition confines it. */
  readonly isPublic: boolean;
  /** The Deny of the other side that stands in the way there no more. */
  readonly denial: Statement | undefined;
}

/**
 * What one side grants that the other does not. Nothing is left out: what cannot be decided is a gain that is not certain.
 * What is certain has been confirmed by evaluating the witness on both sides.
 */
export function gainsOf(side: Side, other: Side, options: GainOptions = {}): readonly Gain[] {
  return new Search(side, other, options).run();
}

/** How many classes of requests are looked into before what is left counts as not decided. */
const MOST_STEPS = 5_000;

class Search {
  private steps = 0;
  private readonly lifted: readonly Cell[];
  private readonly callers: readonly Representative[];
  private readonly grouping: Grouping;
  private readonly solver: Solver;
  private readonly witnesses: Witnesses;

  private readonly side: Side;
  private readonly other: Side;
  private readonly options: GainOptions;

  constructor(side: Side, other: Side, options: GainOptions) {
    this.side = side;
    this.other = other;
    this.options = options;
    const kept = new Set(side.denies.map(({ id }) => id));
    this.lifted = other.denies.filter(({ id }) => !kept.has(id));
    this.grouping = new Grouping(side, other, this.lifted, options);
    this.solver = new Solver(side.type, options.onlyPublic === true);
    this.witnesses = new Witnesses(side, other, options);
    const statements = [...side.allows, ...side.denies, ...other.allows, ...other.denies].map(
      ({ statement }) => statement,
    );
    this.callers = representatives(statements, side.type).filter(
      ({ isOutsider }) => options.onlyPublic !== true || isOutsider,
    );
  }

  run(): readonly Gain[] {
    const before = new Set(this.other.allows.map(({ id }) => id));
    return this.side.allows.flatMap((cell) => {
      const isKept = before.has(cell.id);
      return isKept && this.lifted.length === 0 ? [] : this.gainsOfCell(cell, isKept);
    });
  }

  private gainsOfCell(cell: Cell, isKept: boolean): readonly Gain[] {
    const { actions, isComplete, groups } = this.grouping.groupsOf(cell, isKept);
    const gains = groups.flatMap((group) => this.gainsOfGroup(cell, group));
    const isUndecided = !isComplete || (cell.isOpen && !isKept && actions.length === 0);
    return isUndecided && gains.length === 0 ? [this.undecided(cell, actions, undefined, HOLDER)] : gains;
  }

  private gainsOfGroup(cell: Cell, group: Group): readonly Gain[] {
    const gains: Gain[] = [];
    const isForEverybody =
      cell.statement.principals.length > 0 &&
      cell.statement.principals.every(
        ({ negated, entries }) => !negated && entries.every(({ text }) => text === '*'),
      );
    const hasEntries = this.callers.some(
      ({ entry }) =>
        entry !== undefined &&
        cell.statement.principals.some(({ entries }) => entries.some(({ text }) => text === entry)),
    );
    const cells = [cell, ...group.allows, ...group.denies, ...group.lifted, ...group.limits.flat()];
    const resources = this.resourceEntries(cell);
    for (const entry of resources) {
      const action = likeliest(group.actions, entry);
      const accounts = new Set<string>();
      for (const caller of this.callers) {
        const account = splitArn(caller.principal ?? '').account?.text ?? '';
        const isNamed = cell.statement.principals.some(({ entries }) =>
          entries.some(({ text }) => text === caller.principal),
        );
        const spoken = cell.speaksOf(caller, readCaller(caller.principal));
        if (
          spoken === 'never' ||
          // Whom nothing but its entry tells has a representative of its own.
          (spoken === 'perhaps' && caller.entry === undefined && hasEntries) ||
          (!isNamed && account !== '' && accounts.has(account))
        ) {
          continue;
        }
        const gain = this.gainFor(cell, cells, group, action, entry, caller);
        if (gain !== undefined) {
          gains.push(gain);
          accounts.add(account);
          if (caller.isOutsider && isForEverybody) {
            break;
          }
        }
      }
    }
    return gains;
  }

  /** The resources of a statement one by one; `undefined` for a statement that names none. */
  private resourceEntries(cell: Cell): readonly (string | undefined)[] {
    if (cell.hasNoResource) {
      return [undefined];
    }
    if (cell.isNotResource) {
      return [NOT_RESOURCE];
    }
    return [...new Set(cell.statement.resources.flatMap(({ entries }) => entries).map(({ text }) => text))];
  }

  private gainFor(
    cell: Cell,
    cells: readonly Cell[],
    group: Group,
    action: NamedAction,
    entry: string | undefined,
    caller: Representative,
  ): Gain | undefined {
    const service = action.name.slice(0, action.name.indexOf(':'));
    const told = knownOf(caller.principal, entry ?? EVERYTHING.text, action.name);
    let isDecided = true;
    let isPart = false;
    const spoken = (each: Cell): boolean =>
      each.speaksOf(caller, readCaller(caller.principal)) === 'always' && !each.isOpen;
    const allows = group.allows.filter(spoken);
    const denies = group.denies.filter(spoken);
    const lifted = group.lifted.filter(
      (each) => each.speaksOf(caller, readCaller(caller.principal)) !== 'never',
    );
    const limits = group.limits.map((list) =>
      list.filter((each) => each.speaksOf(caller, readCaller(caller.principal)) !== 'never'),
    );
    if (this.isCovered(cell, entry, { allows, denies, lifted, limits }, told, caller)) {
      return undefined;
    }
    for (const known of assignments(cells, told)) {
      const keys = new RequestKeys().tellAll(known);
      const assignment = JSON.stringify([...known]);
      for (const found of classesOf(
        cell,
        cells,
        entry,
        keys,
        assignment,
        action,
        service,
        this.options.resource,
      )) {
        if (found === 'undecided') {
          isDecided = false;
          continue;
        }
        this.steps += 1;
        if (this.steps > MOST_STEPS) {
          isDecided = false;
          break;
        }
        const { resource, speaks, isPartial } = found;
        isPart ||= isPartial;
        const answer = this.solver.solve(
          cell,
          {
            allows: allows.filter(speaks),
            denies: denies.filter(speaks),
            lifted: lifted.filter(speaks),
            limits: limits.map((list) => list.filter(speaks)),
          },
          known,
          caller,
        );
        if (answer.kind === 'unknown') {
          isDecided = false;
        }
        if (answer.kind !== 'found') {
          continue;
        }
        const { request, isCertain } = this.witnesses.settled(
          this.witnesses.requestOf(action, resource, caller, answer, told),
          caller,
          answer.isOpen || cell.isOpen,
        );
        if (isCertain === undefined) {
          continue;
        }
        return {
          statement: cell.statement,
          actions: group.actions,
          spoken: group.spoken,
          resource: entry === NOT_RESOURCE ? undefined : entry,
          isPart: isPart || isPartial,
          caller,
          witness: this.witnesses.simplest(request, action, entry, caller, isCertain),
          isCertain,
          isPublic: answer.isPublic,
          denial: answer.denial,
        };
      }
    }
    return isDecided && !this.mayGainByVariable(cell, cells, group, entry, told, caller)
      ? undefined
      : this.undecided(cell, group.actions, entry, caller);
  }

  /** Whether statements that speak of all resources of an entry leave nothing to gain, so that no resource need be told. */
  private isCovered(
    cell: Cell,
    entry: string | undefined,
    { allows, denies, lifted, limits }: Around,
    told: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): boolean {
    const none = new RequestKeys();
    const inner =
      entry === undefined || entry === NOT_RESOURCE ? [] : cell.entryPatterns(entry, none).map(concrete);
    const speaksOfAll = (each: Cell): boolean =>
      each.hasNoResource ||
      (!each.isNotResource &&
        inner.length > 0 &&
        inner.every((narrow) =>
          each
            .resources(none, '')
            .some((wide) => wide.text === narrow.text || relationOf(wide, narrow) === 'covers'),
        ));
    const mayMeet = (each: Cell): boolean =>
      each.hasNoResource ||
      each.isNotResource ||
      inner.length === 0 ||
      inner.some((narrow) =>
        each.resources(none, '').some((wide) => relationOf(wide, narrow) !== 'disjoint'),
      );
    const answer = this.solver.solve(
      cell,
      {
        allows: allows.filter(speaksOfAll),
        denies: denies.filter(speaksOfAll),
        lifted: lifted.filter(mayMeet),
        limits: limits.map((list) => list.filter(mayMeet)),
      },
      told,
      caller,
    );
    return answer.kind === 'none';
  }

  private undecided(
    { statement }: Cell,
    actions: readonly NamedAction[],
    entry: string | undefined,
    caller: Representative,
  ): Gain {
    return {
      statement,
      actions,
      spoken: actions,
      resource: entry === NOT_RESOURCE ? undefined : entry,
      isPart: false,
      caller,
      witness: undefined,
      isCertain: false,
      isPublic: false,
      denial: undefined,
    };
  }

  /**
   * Whether a value of a policy variable may make a gain that the values that were tried did not show: the resources of a
   * statement are looked at as if the variable were a `*`.
   */
  private mayGainByVariable(
    cell: Cell,
    cells: readonly Cell[],
    group: Group,
    entry: string | undefined,
    told: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): boolean {
    const own = cell.resources(new RequestKeys().tellAll(told), `told ${JSON.stringify([...told])}`);
    const open = own.filter(({ text }) => /\$\{[^*?$}]/.test(text));
    if (entry === undefined || !entry.includes('${') || open.length === 0 || cell.isNotResource) {
      return false;
    }
    const always = (each: Cell): boolean =>
      !each.isNotResource &&
      each
        .resources(new RequestKeys().tellAll(told), `told ${JSON.stringify([...told])}`)
        .some((wide) => open.every((narrow) => relationOf(wide, narrow) === 'covers'));
    const [known] = assignments(cells, told);
    const keys = new RequestKeys().tellAll(known ?? told);
    const assignment = JSON.stringify([...(known ?? told)]);
    const spoken = (each: Cell): boolean =>
      each.speaksOf(caller, readCaller(caller.principal)) === 'always' && !each.isOpen;
    const texts = cells.flatMap((each) => (each.hasNoResource ? [] : each.resources(keys, assignment)));
    for (const { text } of open) {
      const wide = concrete(text.replace(/\$\{[^*?${}][^{}]*\}/g, '*'));
      const found = resourceClasses(
        wide,
        [...new Map(texts.map((each) => [each.text, each])).values()],
        undefined,
        'example',
      );
      for (const { matching } of found.classes()) {
        const speaks = (each: Cell): boolean =>
          each.hasNoResource ||
          always(each) ||
          each.resources(keys, assignment).some((other) => matching.has(other.text)) !== each.isNotResource;
        const answer = this.solver.solve(
          cell,
          {
            allows: group.allows.filter(spoken).filter(speaks),
            denies: group.denies.filter(spoken).filter(speaks),
            lifted: group.lifted.filter(speaks),
            limits: group.limits.map((list) => list.filter(speaks)),
          },
          told,
          caller,
        );
        if (answer.kind !== 'none') {
          return true;
        }
      }
      if (!found.isComplete()) {
        return true;
      }
    }
    return false;
  }
}

const HOLDER: Representative = { principal: undefined, isOutsider: false };
