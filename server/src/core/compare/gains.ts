import { splitArn } from '../arn/arn';
import { readCaller } from '../evaluate/caller';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { EvaluationOptions } from '../evaluate/evaluate';
import type { EvaluationRequest } from '../evaluate/request';
import type { IamData } from '../iamData/iamData';
import { EVER_PRESENT_KEYS } from '../iamData/overlay/callerKeys';
import type { PolicyTraits, Statement } from '../model/policy';
import { actionsOf, likeliest, type NamedAction } from './actions';
import { knownOf, type Representative, representatives } from './callers';
import { type Cell, type CompiledText, concrete, relationOf } from './cells';
import { isOpenToPublic } from './confining';
import { type ColumnMemo, type ContextAnswer, findContext } from './context';
import { coversCell } from './coverage';
import { resourceClasses } from './resources';
import { isLimit, openKeysOf, type Side, standingOf } from './sides';
import { assignments } from './variables';

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

export interface GainOptions extends EvaluationOptions {
  readonly iamData?: IamData | undefined;
  /** Only requests with such an action; a pattern in any case. */
  readonly action?: string | undefined;
  /** Only requests on such a resource. */
  readonly resource?: string | undefined;
  /** What must allow as well: service control policies of one level, a boundary, and others of the kind. */
  readonly limits?: readonly Side[] | undefined;
  readonly levels?: ReadonlyMap<PolicyTraits, string> | undefined;
  /** Only callers whom nobody named, and only what no condition confines. */
  readonly onlyPublic?: boolean | undefined;
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

interface Group {
  readonly actions: NamedAction[];
  /** All of the statement. */
  readonly spoken: readonly NamedAction[];
  /** The statements that speak of these actions. */
  readonly allows: readonly Cell[];
  readonly denies: readonly Cell[];
  /** Of each limit the statements that allow them. */
  readonly limits: readonly (readonly Cell[])[];
  /** Denials of the other side that this side does not have. */
  readonly lifted: readonly Cell[];
}

class Search {
  private steps = 0;
  private readonly columns: ColumnMemo = new Map();
  private readonly within: CompiledText | undefined;
  private readonly lifted: readonly Cell[];
  private readonly callers: readonly Representative[];
  private readonly coverings = new Map<Cell, Map<Cell, boolean>>();

  private readonly side: Side;
  private readonly other: Side;
  private readonly options: GainOptions;

  constructor(side: Side, other: Side, options: GainOptions) {
    this.side = side;
    this.other = other;
    this.options = options;
    const kept = new Set(side.denies.map(({ id }) => id));
    this.lifted = other.denies.filter(({ id }) => !kept.has(id));
    this.within = options.action === undefined ? undefined : concrete(options.action.toLowerCase());
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
    const gains = [...groups.values()].flatMap((group) => this.gainsOfGroup(cell, group));
    const isUndecided = !isComplete || (cell.isOpen && !isKept && actions.length === 0);
    return isUndecided && gains.length === 0 ? [this.undecided(cell, actions, undefined, HOLDER)] : gains;
  }

  /** What of an action the evaluation treats in its own way: keys, roles, sessions, and where RCPs apply. */
  private traitsOf(action: string): string {
    const service = action.slice(0, action.indexOf(':'));
    return service === 'kms' || service === 'sts' || action === 'execute-api:invalidatecache'
      ? action
      : String(this.side.type === 'rcp' && this.options.rcpServices?.has(service) === false);
  }

  private readonly numbers = new Map<Cell, number>();

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
      for (const found of this.classesOf(cell, cells, entry, keys, assignment, action, service)) {
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
        const answer = this.solve(
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
        const { request, isCertain } = this.settled(
          this.requestOf(action, resource, caller, answer, told),
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
          witness: this.simplest(request, action, entry, caller, isCertain),
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
    const answer = this.solve(
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

  /** The classes of resources that an entry of a statement stands for. */
  private *classesOf(
    cell: Cell,
    cells: readonly Cell[],
    entry: string | undefined,
    keys: RequestKeys,
    assignment: string,
    { known: action }: NamedAction,
    service: string,
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
    const asked = this.options.resource === undefined ? undefined : concrete(this.options.resource);
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

  /** Looks for a context in which the statement allows, none denies, and the other side does not allow. */
  private solve(
    cell: Cell,
    { allows, denies, lifted, limits }: Around,
    known: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): ContextAnswer & { readonly isPublic: boolean; readonly denial: Statement | undefined } {
    const statements = (list: readonly Cell[]): Statement[] => list.map(({ statement }) => statement);
    const everPresent = caller.principal === 'anonymous' ? NO_KEYS : EVER_PRESENT_KEYS;
    let isUnknown = false;
    const modes =
      caller.isOutsider && !isLimit(this.side.type)
        ? this.options.onlyPublic
          ? [true]
          : [true, false]
        : [false];
    const ways = waysThrough(limits);
    if (ways.length > MOST_WAYS) {
      return { kind: 'unknown', isPublic: false, denial: undefined };
    }
    for (const [isPublic, way] of modes.flatMap((mode) => ways.map((each) => [mode, each] as const))) {
      const mayHave = isPublic ? isOpenToPublic : undefined;
      const hold = [cell.statement, ...statements(way)];
      const withoutAllow = findContext({
        hold,
        fail: statements([...denies, ...allows]),
        known,
        everPresent,
        columns: this.columns,
        mayHave,
      });
      if (withoutAllow.kind === 'found') {
        return { ...withoutAllow, isPublic, denial: undefined };
      }
      isUnknown ||= withoutAllow.kind === 'unknown';
      for (const denial of lifted) {
        const answer = findContext({
          hold: [...hold, denial.statement],
          fail: statements(denies),
          known,
          everPresent,
          columns: this.columns,
          mayHave,
        });
        if (answer.kind === 'found') {
          return { ...answer, isPublic, denial: denial.statement };
        }
        isUnknown ||= answer.kind === 'unknown';
      }
    }
    return { kind: isUnknown ? 'unknown' : 'none', isPublic: false, denial: undefined };
  }

  private requestOf(
    { name }: NamedAction,
    resource: string,
    { principal }: Representative,
    { context }: Extract<ContextAnswer, { readonly kind: 'found' }>,
    told: ReadonlyMap<string, readonly string[]>,
  ): EvaluationRequest {
    // What follows from the caller and the resource need not be said.
    const said = new Map([...context].filter(([key]) => !told.has(key.toLowerCase())));
    return { action: name, resource: unescaped(resource), principal, context: said };
  }

  /** An action that applies to no resource is asked for on `*`. */
  private simplest(
    request: EvaluationRequest,
    { known }: NamedAction,
    entry: string | undefined,
    caller: Representative,
    isCertain: boolean,
  ): EvaluationRequest {
    const onAll = { ...request, resource: '*' };
    return isCertain && known?.resources.length === 0 && entry === '*' && this.confirm(onAll, caller, false)
      ? onAll
      : request;
  }

  /** The request with what it takes for an answer: keys that other statements ask for are not in it. */
  private settled(
    request: EvaluationRequest,
    caller: Representative,
    isOpen: boolean,
  ): { readonly request: EvaluationRequest; readonly isCertain: boolean | undefined } {
    const isCertain = this.confirm(request, caller, isOpen);
    if (isCertain !== false || caller.entry !== undefined) {
      return { request, isCertain };
    }
    const { limits, levels } = this.options;
    const open = [
      ...openKeysOf(this.side, { ...request, levels }, this.options, limits),
      ...openKeysOf(this.other, request, this.options),
    ].filter(
      (key) => ![...(request.context?.keys() ?? [])].some((told) => told.toLowerCase() === key.toLowerCase()),
    );
    const context = new Map([...(request.context ?? []), ...open.map((key) => [key, []] as const)]);
    const filled = { ...request, context };
    return open.length > 0 && this.confirm(filled, caller, isOpen) === true
      ? { request: filled, isCertain: true }
      : { request, isCertain };
  }

  /** Whether the evaluation says the same; `undefined` where it says that there is no gain. */
  private confirm(
    request: EvaluationRequest,
    { entry }: Representative,
    isOpen: boolean,
  ): boolean | undefined {
    if (entry !== undefined || /[*?]/.test(request.resource.replace(/^\*$/, ''))) {
      return false;
    }
    const { limits, levels } = this.options;
    const now = standingOf(this.side, { ...request, levels }, this.options, limits);
    const before = standingOf(this.other, request, this.options);
    if (now === 'not-granted' || before === 'granted') {
      return isOpen ? false : undefined;
    }
    return now === 'granted' && before === 'not-granted';
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
        const answer = this.solve(
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

/** The statements of a group that speak of some requests. */
type Around = Pick<Group, 'allows' | 'denies' | 'lifted' | 'limits'>;

/** How many choices of one statement for each limit are tried. */
const MOST_WAYS = 64;

/** One statement for each limit, in every way; none where a limit has none. */
function waysThrough(limits: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  let ways: readonly (readonly Cell[])[] = [[]];
  for (const allows of limits) {
    // One without conditions lets through all that another does.
    const free = allows.find(
      ({ statement, isOpen }) => statement.members.every(({ name }) => name !== 'Condition') && !isOpen,
    );
    const list = free === undefined ? allows : [free];
    ways = ways.slice(0, MOST_WAYS + 1).flatMap((way) => list.map((cell) => [...way, cell]));
  }
  return ways;
}

interface FoundClass {
  readonly resource: string;
  /** Whether a statement speaks of these resources. */
  readonly speaks: (cell: Cell) => boolean;
  readonly isPartial: boolean;
}

const HOLDER: Representative = { principal: undefined, isOutsider: false };
const NO_KEYS: ReadonlySet<string> = new Set();
const EVERYTHING = concrete('*');
/** Stands for all that a NotResource leaves; no policy can have it. */
const NOT_RESOURCE = '\0';

/** The patterns that an entry of a statement becomes when its variables have values. */
function ofEntry(cell: Cell, entry: string, keys: RequestKeys): ReadonlySet<string> {
  return new Set(cell.entryPatterns(entry, keys));
}

function unescaped(text: string): string {
  return text.replace(/\$\{([*?$])\}/g, '$1');
}
