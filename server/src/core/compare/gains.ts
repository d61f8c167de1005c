import { splitArn } from '../arn/arn';
import { readCaller } from '../evaluate/caller';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import { mayNameEverybody } from '../evaluate/openPrincipals';
import { isEverybody } from '../evaluate/principalEntry';
import type { EvaluationRequest } from '../evaluate/request';
import type { Statement } from '../model/policy';
import { intersects } from '../pattern/pattern';
import { likeliest, type NamedAction } from './actions';
import { CallerClasses } from './callerClasses';
import { knownOf, type Representative, representatives } from './callers';
import type { Covering, SpokenAround } from './cellList';
import { type Cell, concrete, holds } from './cells';
import { Contexts } from './context';
import { Effort } from './effort';
import { classesOf, EVERYTHING, type FoundClass, NOT_RESOURCE, Remembered } from './entryClasses';
import { principalOf } from './entryTexts';
import { type Group, Grouping } from './groups';
import type { GainOptions } from './options';
import type { CompiledText } from './prefixIndex';
import { resourceClasses } from './resources';
import type { Side } from './sides';
import { Solver } from './solver';
import { assignments, variablesOf } from './variables';
import { Witnesses } from './witnesses';

/** Requests that are granted on one side and not on the other, all by one statement and alike. */
export interface Gain {
  /** The Allow by which they are granted. */
  readonly statement: Statement;
  readonly actions: readonly NamedAction[];
  /** All actions of the statement that the question includes. */
  readonly spoken: readonly NamedAction[];
  /** As the policy writes it; absent where the statement names none. */
  readonly resource: string | undefined;
  /** Whether a part of these resources was granted before. */
  readonly isPart: boolean;
  /** Callers for whom the result is the same; the first one sends the witness. */
  readonly callers: readonly [Representative, ...Representative[]];
  /** One of the requests; absent where none could be shown. */
  readonly witness: EvaluationRequest | undefined;
  /** Whether it is certain that the witness is granted on one side and not on the other. */
  readonly isCertain: boolean;
  /** Whether anybody at all can send it: no condition confines it. */
  readonly isPublic: boolean;
  /** The Deny of the other side that stands in the way there no more. */
  readonly denial: Statement | undefined;
  /** Whether the search ended before it was decided, since the policies are too large. */
  readonly isCutShort: boolean;
}

/**
 * What one side grants that the other does not. Nothing is left out: what cannot be decided is a gain that is not certain.
 * What is certain has been confirmed by evaluating the witness on both sides.
 */
export function gainsOf(side: Side, other: Side, options: GainOptions = {}): readonly Gain[] {
  return new Search(side, other, options).run();
}

class Search {
  private readonly lifted: readonly Cell[];
  private readonly callers: CallerClasses;
  private readonly grouping: Grouping;
  private readonly solver: Solver;
  private readonly witnesses: Witnesses;
  private readonly effort: Effort;
  private readonly asked: CompiledText | undefined;

  private readonly side: Side;
  private readonly other: Side;
  private readonly options: GainOptions;

  constructor(side: Side, other: Side, options: GainOptions) {
    this.side = side;
    this.other = other;
    this.options = options;
    this.effort = options.effort ?? new Effort();
    this.asked = options.resource === undefined ? undefined : concrete(options.resource);
    const kept = new Set(side.denies.map(({ id }) => id));
    this.lifted = other.denies.filter(({ id }) => !kept.has(id));
    const contexts = new Contexts(this.effort, options.iamData);
    this.grouping = new Grouping(
      { side, other, lifted: this.lifted, options },
      { contexts, effort: this.effort },
    );
    this.solver = new Solver(contexts, side.type, options.onlyPublic === true);
    this.witnesses = new Witnesses(side, other, options, this.effort);
    const statements = [...side.allows, ...side.denies, ...other.allows, ...other.denies].map(
      ({ statement }) => statement,
    );
    this.callers = new CallerClasses(
      representatives(statements, side.type, this.effort).filter(
        ({ isOutsider }) => options.onlyPublic !== true || isOutsider,
      ),
      this.effort,
    );
  }

  run(): readonly Gain[] {
    const before = new Set(this.other.allows.map(({ id }) => id));
    // What is said twice is granted once.
    const seen = new Set<string>();
    const allows = this.side.allows.filter(({ id }) => !seen.has(id) && seen.add(id));
    return allows.flatMap((cell) => {
      const isKept = before.has(cell.id);
      return isKept && this.lifted.length === 0 ? [] : this.gainsOfCell(cell, isKept);
    });
  }

  private gainsOfCell(cell: Cell, isKept: boolean): readonly Gain[] {
    if (!cell.hasNoResource && this.resourceEntries(cell).length === 0 && !cell.isOpen) {
      return [];
    }
    if (this.effort.isSpent) {
      return this.isConcerned(cell) ? [this.undecided(cell, [], undefined, HOLDER)] : [];
    }
    const { actions, isComplete, groups } = this.grouping.groupsOf(cell, isKept);
    const gains = groups.flatMap((group) => this.gainsOfGroup(cell, group, isKept));
    const isUndecided =
      !isComplete || (cell.isOpen && cell.mayNameOtherActions && !isKept && actions.length === 0);
    return isUndecided && gains.length === 0 && this.isConcerned(cell)
      ? [this.undecided(cell, actions, undefined, HOLDER)]
      : gains;
  }

  /** Whether a statement can concern the question at all, as a quick check. */
  private isConcerned(cell: Cell): boolean {
    const { onlyPublic, action } = this.options;
    return (
      (action === undefined ||
        /[*?]/.test(action) ||
        cell.isOpen ||
        cell.matchesAction(action.toLowerCase())) &&
      (onlyPublic !== true ||
        this.callers.all.some((caller) => cell.speaksOf(caller, readCaller(caller.principal)) !== 'never'))
    );
  }

  private gainsOfGroup(cell: Cell, group: Group, isKept: boolean): readonly Gain[] {
    const gains: Gain[] = [];
    const isForEverybody =
      cell.statement.principals.length > 0 &&
      cell.statement.principals.every(({ negated, entries }) => !negated && entries.every(isEverybody));
    const entries = cell.statement.principals.flatMap((element) => element.entries);
    const named = new Set(entries.map(({ text }) => text));
    const principals = new Set(entries.map(principalOf));
    const hasEntries = this.callers.all.some(
      ({ entry }) => entry !== undefined && principals.has(principalOf(entry)),
    );
    const mayBePublic = mayNameEverybody(cell.statement);
    const place: Place = { cell, group, isKept, classes: new Map(), covered: new Map() };
    for (const entry of this.resourceEntries(cell)) {
      const action = likeliest(group.actions, entry);
      const accounts = new Set<string>();
      const classes = this.callers.of(cell, group.around, action);
      if (classes === undefined) {
        return [...gains, this.undecided(cell, group.actions, undefined, HOLDER)];
      }
      let isTold = false;
      for (const { members, spoken } of classes) {
        const callers = members.filter(({ principal }) => {
          const account = accountIn(principal);
          return named.has(principal ?? '') || account === '' || !accounts.has(account);
        });
        const [caller, ...others] = callers;
        if (
          caller === undefined ||
          // Whom nothing but its entry tells has a representative of its own, save one who is named in a branch.
          (spoken === 'perhaps' &&
            caller.entry === undefined &&
            hasEntries &&
            !named.has(caller.principal ?? '')) ||
          // A name that is filled in is somebody's, and never that of everybody.
          (spoken === 'perhaps' && caller.isAnybody === true && !mayBePublic)
        ) {
          continue;
        }
        const gain = this.gainFor(place, action, entry, [caller, ...others]);
        if (gain !== undefined && (!isTold || gain.isPublic)) {
          gains.push(gain);
          for (const { principal } of callers) {
            accounts.add(accountIn(principal));
          }
          if (caller.isOutsider && isForEverybody) {
            if (gain.isPublic) {
              break;
            }
            // Somebody else may need less for it.
            isTold = true;
          }
        }
        if (this.effort.isSpent && gain?.isCutShort === true) {
          return gains;
        }
      }
    }
    return gains.length === 0 && cell.hasUnknownResources ? this.gainsOfUnknown(place) : gains;
  }

  /** What a statement may grant on resources that a template or a program has yet to name: nothing of it is certain. */
  private gainsOfUnknown(place: Place): readonly Gain[] {
    const { cell, group } = place;
    if (cell.scopeId !== undefined && group.around.allows.some(({ scopeId }) => scopeId === cell.scopeId)) {
      return [];
    }
    const any = this.options.resource ?? EVERYTHING.text;
    const action = likeliest(group.actions, any);
    const classes = this.callers.of(cell, group.around, action);
    if (classes === undefined) {
      return [this.undecided(cell, group.actions, undefined, HOLDER)];
    }
    return classes.flatMap(({ members: [caller, ...others] }) => {
      if (caller === undefined) {
        return [];
      }
      const told = knownOf(caller.principal, any, action.name);
      const spoken = this.callers.spoken(group.around, caller, cell);
      return this.isCovered(place, any, spoken, told, caller)
        ? []
        : [this.undecided(cell, group.actions, undefined, caller, ...others)];
    });
  }

  /** The resources of a statement one by one; `undefined` for a statement that names none. */
  private resourceEntries(cell: Cell): readonly (string | undefined)[] {
    if (cell.hasNoResource) {
      return [undefined];
    }
    if (cell.isNotResource) {
      return [NOT_RESOURCE];
    }
    const texts = cell.statement.resources.flatMap(({ entries }) => entries.map(({ text }) => text));
    return [...new Set(texts)].filter((text) => this.isAsked(cell, text));
  }

  /** Whether an entry may have resources in common with what was asked. */
  private isAsked(cell: Cell, entry: string): boolean {
    const { asked } = this;
    return (
      asked === undefined ||
      cell.isOpen ||
      cell.entryPatterns(entry, NOTHING).some((text) => intersects(concrete(text).pattern, asked.pattern))
    );
  }

  private gainFor(
    place: Place,
    action: NamedAction,
    entry: string | undefined,
    callers: Gain['callers'],
  ): Gain | undefined {
    const { cell, group } = place;
    const { around } = group;
    const [caller] = callers;
    const told = knownOf(caller.principal, entry ?? EVERYTHING.text, action.name);
    const spoken = this.callers.spoken(around, caller, cell);
    if (this.isCovered(place, entry, spoken, told, caller)) {
      return undefined;
    }
    let isDecided = true;
    let isPart = false;
    let doubtful: Gain | undefined;
    let ofSome: Gain | undefined;
    const variables = [...new Set([...variablesOf([cell.statement]), ...around.names.variables])];
    const statements = [cell, ...around.cells].map(({ statement }) => statement);
    const tried = assignments(variables, statements, told, this.effort);
    for (const known of tried.all) {
      for (const found of this.classesOf(place, entry, action, variables, known)) {
        if (found === 'undecided') {
          isDecided = false;
          continue;
        }
        if (this.effort.isSpent) {
          isDecided = false;
          break;
        }
        const { resource, owners, speaks, isPartial } = found;
        isPart ||= isPartial;
        const narrowed = spoken.narrowed(owners, speaks);
        // What is granted as before is new only where a denial is gone.
        if (place.isKept && narrowed.lifted.length === 0) {
          continue;
        }
        const answer = this.solver.solve(cell, narrowed, known, caller);
        if (answer.kind === 'unknown') {
          isDecided = false;
        }
        if (answer.kind !== 'found' || (ofSome !== undefined && !answer.isPublic)) {
          continue;
        }
        const settle = (text: string) =>
          this.witnesses.settled(
            this.witnesses.requestOf(action, text, caller, answer, told),
            caller,
            answer.isOpen || cell.isOpen,
          );
        let settled = settle(resource);
        const own = settled.isCertain === undefined ? this.inOwnAccount(resource, caller) : undefined;
        if (own !== undefined) {
          settled = settle(own);
        }
        const { request, isCertain } = settled;
        if (isCertain === undefined) {
          continue;
        }
        const gain = {
          statement: cell.statement,
          actions: group.actions,
          spoken: group.spoken,
          resource: entry === NOT_RESOURCE ? undefined : entry,
          isPart,
          callers,
          witness: this.witnesses.simplest(request, action, entry, caller, isCertain),
          isCertain,
          isPublic: answer.isPublic,
          denial: answer.denial,
          isCutShort: false,
        };
        if (isCertain || !answer.isOpen || cell.isOpen) {
          if (gain.isPublic || caller.isAnybody !== true || entry === undefined) {
            return gain;
          }
          // For other resources everybody may need less.
          ofSome ??= gain;
          continue;
        }
        // What depends on a condition that nobody can evaluate here may not depend on it elsewhere.
        doubtful ??= gain;
      }
    }
    if (ofSome !== undefined || doubtful !== undefined) {
      return ofSome ?? doubtful;
    }
    const isVarying = !tried.isComplete || statements.some(hasVaryingResource);
    return isDecided && !(isVarying && this.mayGainByVariable(place, entry, told, caller))
      ? undefined
      : this.undecided(cell, group.actions, entry, ...callers);
  }

  /**
   * The same resource in the caller's account, if it was asked about: where a policy leaves the account of its resources open,
   * what a caller may do may end there, as an invalidation does.
   */
  private inOwnAccount(resource: string, { principal }: Representative): string | undefined {
    const account = accountIn(principal);
    const own = resource.replace(ACCOUNT_FIELD, (_, head: string) => `${head}${account}:`);
    const isAsked = this.asked === undefined || holds(this.asked, concrete(own));
    return account !== '' && isAsked ? own : undefined;
  }

  /** The classes of resources of an entry; the same for all callers who give the variables the same values. */
  private classesOf(
    { cell, group: { around }, classes }: Place,
    entry: string | undefined,
    action: NamedAction,
    variables: readonly string[],
    known: ReadonlyMap<string, readonly string[]>,
  ): Iterable<FoundClass | 'undecided'> {
    const values = variables.map((name) => [name, known.get(name)] as const);
    const assignment = values.length === 0 ? '' : JSON.stringify(values);
    const name = `${entry}\n${assignment}`;
    this.effort.spend(10 * values.length);
    const made = classes.get(name);
    if (made !== undefined) {
      return made;
    }
    const keys = new RequestKeys().tellAll(
      new Map(values.flatMap(([key, texts]) => (texts === undefined ? [] : [[key, texts]]))),
    );
    const texts = around.textsFor(keys, assignment);
    const { asked, effort } = this;
    const found = new Remembered(classesOf({ cell, entry, texts, keys, assignment, action, asked, effort }));
    classes.set(name, found);
    return found;
  }

  /**
   * Whether statements about all resources of an entry leave nothing to gain, so that its resources need not be
   * distinguished.
   */
  private isCovered(
    place: Place,
    entry: string | undefined,
    spoken: SpokenAround,
    told: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): boolean {
    const around = spoken.covering(this.coveringOf(place, entry));
    return this.solver.solve(place.cell, around, told, caller).kind === 'none';
  }

  /** Which statements apply to all resources of an entry, and which may apply to some. */
  private coveringOf({ cell, group, covered }: Place, entry: string | undefined): Covering {
    const known = covered.get(entry);
    if (known !== undefined) {
      return known;
    }
    const none = new RequestKeys();
    const texts = group.around.textsFor(none, '');
    const inner =
      entry === undefined || entry === NOT_RESOURCE ? [] : cell.entryPatterns(entry, none).map(concrete);
    const relations = inner.map((pattern) => texts.relationsTo(pattern));
    const wide = relations.map(({ covering }) => texts.ownersOf(covering.map(({ text }) => text)));
    const touching = texts.ownersOf(
      relations.flatMap(({ covering, partial }) => [...covering, ...partial].map(({ text }) => text)),
    );
    const [first = NO_CELLS] = wide;
    const covering: Covering = {
      covers: first,
      meets: inner.length === 0 ? undefined : touching,
      all: (each) =>
        each.hasNoResource ||
        (!each.isNotResource && inner.length > 0 && wide.every((owners) => owners.has(each))),
      meeting: (each) => each.hasNoResource || each.isNotResource || touching.has(each),
    };
    covered.set(entry, covering);
    return covering;
  }

  private undecided(
    { statement }: Cell,
    actions: readonly NamedAction[],
    entry: string | undefined,
    ...callers: Gain['callers']
  ): Gain {
    return {
      statement,
      actions,
      spoken: actions,
      resource: entry === NOT_RESOURCE ? undefined : entry,
      isPart: false,
      callers,
      witness: undefined,
      isCertain: false,
      isPublic: false,
      denial: undefined,
      isCutShort: this.effort.isSpent,
    };
  }

  /**
   * Whether a value of a policy variable may make a gain that the values that were tried did not show: a resource with a
   * variable is looked at as if the variable were a `*`, where that certainly matches nothing, and a condition with one may hold
   * or not.
   */
  private mayGainByVariable(
    { cell, group: { around } }: Place,
    entry: string | undefined,
    told: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): boolean {
    const spoken = this.callers.spoken(around, caller, cell);
    const mayGain = (always: Iterable<Cell>, perhaps: Iterable<Cell>): boolean => {
      const certain = new Set(always);
      const owners = new Set([...certain, ...perhaps]);
      const speaks = (each: Cell, ofEntry: ReadonlySet<Cell>, exempt: ReadonlySet<Cell>): boolean =>
        each.hasNoResource || (each.isNotResource ? !exempt.has(each) : ofEntry.has(each));
      const loosely = spoken.narrowedLoosely(owners, {
        always: (each) => speaks(each, certain, owners),
        perhaps: (each) => speaks(each, owners, certain),
      });
      return this.effort.isSpent || this.solver.solve(cell, loosely, told, caller).kind !== 'none';
    };
    if (entry === undefined) {
      return mayGain(around.cells, []);
    }
    const keys = new RequestKeys().tellAll(told);
    const assignment = `told ${JSON.stringify([...told])}`;
    const texts = around.textsFor(keys, assignment);
    const own = cell.resources(keys, assignment);
    const entries = cell.isNotResource ? [EVERYTHING] : cell.entryPatterns(entry, keys).map(concrete);
    for (const narrow of entries) {
      // What speaks of all that the variable may stand for does so whatever stands there.
      const always = texts.ownersOf(texts.relationsTo(narrow).covering.map(({ text }) => text));
      const wide = isVarying(narrow) ? concrete(narrow.text.replace(VARIABLE, '*')) : narrow;
      const { covering, partial } = texts.relationsTo(wide);
      const varying = texts.ownersOf(partial.filter(isVarying).map(({ text }) => text));
      const extra = [
        ...(cell.isNotResource ? own.filter((each) => !isVarying(each)) : []),
        ...(this.asked === undefined ? [] : [this.asked]),
      ];
      const plain = [...partial, ...extra].filter((each) => !isVarying(each));
      const found = resourceClasses(
        wide,
        {
          covering: new Set(covering.map(({ text }) => text)),
          partial: [...new Map(plain.map((each) => [each.text, each])).values()],
        },
        { action: undefined, service: 'example', effort: this.effort },
      );
      for (const { matching } of found.classes()) {
        const isAsked = this.asked === undefined || matching.has(this.asked.text);
        const isLeftOut = cell.isNotResource && own.some(({ text }) => matching.has(text));
        if (isAsked && !isLeftOut && mayGain([...texts.ownersOf(matching), ...always], varying)) {
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

const VARIABLE = /\$\{[^*?${}][^{}]*\}/g;

/** Whether a policy variable or what a tool fills in stands in a pattern. */
function isVarying({ text }: { readonly text: string }): boolean {
  return /\$\{[^*?$}]/.test(text);
}

function hasVaryingResource({ resources }: Statement): boolean {
  return resources.some(({ entries }) => entries.some((entry) => isVarying(entry)));
}

/** A statement with some of its actions, and what was found out about its resources. */
interface Place {
  readonly cell: Cell;
  readonly group: Group;
  /** Whether the other side has the statement as well. */
  readonly isKept: boolean;
  readonly classes: Map<string, Iterable<FoundClass | 'undecided'>>;
  readonly covered: Map<string | undefined, Covering>;
}

const NOTHING = new RequestKeys();

const NO_CELLS: ReadonlySet<Cell> = new Set();

const ACCOUNT_FIELD = /^(arn:[^:]*:[^:]*:[^:]*:)\d{12}:/;

function accountIn(principal: string | undefined): string {
  return splitArn(principal ?? '').account?.text ?? '';
}

const HOLDER: Representative = { principal: undefined, isOutsider: false };
