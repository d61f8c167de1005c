import { splitArn } from '../arn/arn';
import { accountOf, type Caller, readCaller } from '../evaluate/caller';
import { principalApplies } from '../evaluate/principal';
import type { PolicyType } from '../locate/policyType';
import type { NamedAction } from './actions';
import { knownOf, type Representative } from './callers';
import { SpokenAround } from './cellList';
import type { Cell } from './cells';
import type { Effort } from './effort';
import { principalOf } from './entryTexts';
import type { Surroundings } from './surroundings';
import { variablesOf } from './variables';

/**
 * Callers to which the same statements apply, and for which the conditions of these statements have the same values.
 */
export interface CallerClass {
  readonly members: readonly Representative[];
  /** How the granting statement names them. */
  readonly spoken: 'always' | 'perhaps';
}

const DELEGATING: ReadonlySet<PolicyType> = new Set(['resource', 'trust']);

type Speaking = ReturnType<Cell['speaksOf']>;

/** Puts callers together that no statement tells apart, so that each question need be answered once. */
export class CallerClasses {
  readonly all: readonly Representative[];
  private readonly read: ReadonlyMap<Representative, Caller>;
  /** Of statements that name the same principals there is one. */
  private readonly speaking = new Map<string | Cell, Map<Representative, Speaking>>();
  private readonly speakers = new Map<Cell, Map<Representative, Speaking>>();
  private readonly classes = new Map<Surroundings, Map<Representative, string>>();
  private readonly tellers = new Map<Surroundings, readonly Cell[]>();
  private readonly values = new Map<string, ReadonlyMap<string, readonly string[]>>();
  private readonly spokenAround = new Map<Surroundings, Map<Representative, SpokenAround>>();
  private readonly owned = new Map<Cell, boolean>();
  private readonly directAround = new Map<Surroundings, Map<Representative, SpokenAround>>();
  private readonly effort: Effort;

  constructor(all: readonly Representative[], effort: Effort) {
    this.all = all;
    this.effort = effort;
    this.read = new Map(all.map((each) => [each, readCaller(each.principal)]));
  }

  /**
   * The classes of the callers that a statement names, in the order of their first members; `undefined` if there are
   * too many to compare.
   */
  of(cell: Cell, around: Surroundings, action: NamedAction): readonly CallerClass[] | undefined {
    const own = cell.statement;
    const named = new Set(own.principals.flatMap(({ entries }) => entries.map(({ text }) => text)));
    const accounts = new Set(
      own.resources.flatMap(({ entries }) => entries.map(({ text }) => splitArn(text).account?.text)),
    );
    const keys = new Set([
      ...around.names.keys,
      ...around.names.variables,
      ...own.conditions.map(({ key }) => key.value.toLowerCase()),
      ...variablesOf([own]),
    ]);
    const byName = new Map<
      string,
      { readonly members: Representative[]; readonly spoken: 'always' | 'perhaps' }
    >();
    const ofAround = this.classes.get(around) ?? new Map<Representative, string>();
    this.classes.set(around, ofAround);
    const tellers = this.tellersOf(around);
    for (const caller of this.all) {
      if (this.effort.isSpent) {
        return undefined;
      }
      const spoken = this.speaks(cell, caller);
      this.effort.spend(20);
      if (spoken === 'never') {
        continue;
      }
      let told = ofAround.get(caller);
      if (told === undefined) {
        told = tellers.map((each) => this.speaks(each, caller).charAt(0)).join('');
        this.effort.spend(4 * tellers.length);
        ofAround.set(caller, told);
      }
      const read = this.read.get(caller);
      const account = read?.account ?? '';
      const name = JSON.stringify([
        spoken,
        told,
        this.valuesOf(caller, keys, action),
        read?.kind,
        caller.isOutsider,
        caller.entry && principalOf(caller.entry),
        named.has(caller.principal ?? ''),
        accounts.has(account) ? account : '',
      ]);
      const known = byName.get(name);
      if (known === undefined) {
        byName.set(name, { members: [caller], spoken });
      } else {
        known.members.push(caller);
      }
    }
    return [...byName.values()];
  }

  /**
   * The statements around that can apply to a caller: those that certainly apply, among what keeps requests from being
   * new, and those that may apply, among what lets them through. What leaves a request to the identity policies of the
   * caller's account does not keep it from being new by a statement that grants it to the caller itself, where the resource may
   * be known to be of the same account. IAM User Guide, "AWS JSON policy elements: Principal", "AWS account principals".
   */
  spoken(around: Surroundings, caller: Representative, own: Cell): SpokenAround {
    const isDirect = this.tellsOwner(own) && !this.delegates(own, caller);
    const byCaller = isDirect ? this.directAround : this.spokenAround;
    const ofAround = byCaller.get(around) ?? new Map<Representative, SpokenAround>();
    byCaller.set(around, ofAround);
    let spoken = ofAround.get(caller);
    if (spoken === undefined) {
      const always = (cell: Cell): boolean => this.speaks(cell, caller) === 'always' && !cell.isOpen;
      // What a template has yet to fill in may be anybody: that no longer forbids whom another statement names.
      const perhaps = (cell: Cell): boolean =>
        this.speaks(cell, caller) !== 'never' ||
        (caller.entry !== undefined && cell.mayNameToo(caller.entry));
      spoken = new SpokenAround({
        allows: around.allows.filter((cell) => always(cell) && !(isDirect && this.delegates(cell, caller))),
        denies: around.denies.filter(always),
        lifted: around.lifted.filter(perhaps),
        limits: around.limits.map((list) => list.filter(perhaps)),
      });
      this.effort.spend(2 * around.cells.length);
      ofAround.set(caller, spoken);
    }
    return spoken;
  }

  /** Whether a statement tells whose its resources are. A key has one account that its policy enables, which is its own. */
  private tellsOwner(cell: Cell): boolean {
    let tells = this.owned.get(cell);
    if (tells === undefined) {
      const { statement } = cell;
      tells =
        DELEGATING.has(statement.policy.kind.type) &&
        (statement.resources.some(({ entries }) =>
          entries.some(({ text }) => accountOf(text) !== undefined),
        ) ||
          statement.actions.some(({ entries }) =>
            entries.some(({ service }) => service?.toLowerCase() === 'kms'),
          ));
      this.owned.set(cell, tells);
    }
    return tells;
  }

  /** Whether a statement names a caller by its account alone. */
  private delegates({ statement }: Cell, caller: Representative): boolean {
    const read = this.read.get(caller);
    return (
      read?.account !== undefined &&
      read.kind !== 'root' &&
      statement.principals.length > 0 &&
      DELEGATING.has(statement.policy.kind.type) &&
      principalApplies(statement, read).reach === 'account'
    );
  }

  /** Of the statements around one for each way of naming principals. */
  private tellersOf(around: Surroundings): readonly Cell[] {
    let tellers = this.tellers.get(around);
    if (tellers === undefined) {
      this.effort.spend(10 * around.cells.length);
      tellers = [...new Map(around.cells.map((each) => [this.speakersOf(each), each])).values()];
      this.tellers.set(around, tellers);
    }
    return tellers;
  }

  private speakersOf(cell: Cell): Map<Representative, Speaking> {
    let known = this.speakers.get(cell);
    if (known === undefined) {
      const key = cell.principalsId ?? cell;
      known = this.speaking.get(key) ?? new Map<Representative, Speaking>();
      this.speaking.set(key, known);
      this.speakers.set(cell, known);
    }
    return known;
  }

  private speaks(cell: Cell, caller: Representative): Speaking {
    const known = this.speakersOf(cell);
    let answer = known.get(caller);
    if (answer === undefined) {
      answer = cell.speaksOf(caller, this.read.get(caller) ?? readCaller(caller.principal));
      const isNegated = cell.statement.principals.some(({ negated }) => negated);
      this.effort.spend(10 + (isNegated ? 10 * (cell.statement.principals[0]?.entries.length ?? 0) : 0));
      known.set(caller, answer);
    }
    return answer;
  }

  private valuesOf(
    { principal }: Representative,
    keys: ReadonlySet<string>,
    action: NamedAction,
  ): readonly unknown[] {
    if (principal === undefined || keys.size === 0) {
      return [];
    }
    const name = `${action.name} ${principal}`;
    let known = this.values.get(name);
    if (known === undefined) {
      this.effort.spend(100);
      known = knownOf(principal, '*', action.name);
      this.values.set(name, known);
    }
    return [...known].filter(([key]) => keys.has(key));
  }
}
