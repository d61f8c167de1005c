import { splitArn } from '../arn/arn';
import { type Caller, readCaller } from '../evaluate/caller';
import type { NamedAction } from './actions';
import { knownOf, type Representative } from './callers';
import type { Cell } from './cells';
import type { Effort } from './effort';
import type { Around } from './solver';
import type { Surroundings } from './surroundings';
import { variablesOf } from './variables';

/** Callers of whom the same statements speak, and of whom the conditions that these have are told the same. */
export interface CallerClass {
  readonly members: readonly Representative[];
  /** How the statement that grants speaks of them. */
  readonly spoken: 'always' | 'perhaps';
}

type Speaking = ReturnType<Cell['speaksOf']>;

/** Puts callers together that no statement tells apart, so that each question need be answered once. */
export class CallerClasses {
  readonly all: readonly Representative[];
  private readonly read: ReadonlyMap<Representative, Caller>;
  private readonly speaking = new Map<Cell, Map<Representative, Speaking>>();
  private readonly classes = new Map<Surroundings, Map<Representative, string>>();
  private readonly effort: Effort;

  constructor(all: readonly Representative[], effort: Effort) {
    this.all = all;
    this.effort = effort;
    this.read = new Map(all.map((each) => [each, readCaller(each.principal)]));
  }

  /** The classes of the callers of whom a statement speaks, in the order of their first ones. */
  of(cell: Cell, around: Surroundings, action: NamedAction): readonly CallerClass[] {
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
    for (const caller of this.all) {
      const spoken = this.speaks(cell, caller);
      this.effort.spend(20);
      if (spoken === 'never') {
        continue;
      }
      let told = ofAround.get(caller);
      if (told === undefined) {
        told = around.cells.map((each) => this.speaks(each, caller).charAt(0)).join('');
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
        caller.entry,
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
   * The statements around that speak of a caller: those that are sure to among what keeps requests from being new, and
   * those that may among what lets them through.
   */
  spoken(around: Around, caller: Representative): Around {
    const always = (cell: Cell): boolean => this.speaks(cell, caller) === 'always' && !cell.isOpen;
    const perhaps = (cell: Cell): boolean => this.speaks(cell, caller) !== 'never';
    return {
      allows: around.allows.filter(always),
      denies: around.denies.filter(always),
      lifted: around.lifted.filter(perhaps),
      limits: around.limits.map((list) => list.filter(perhaps)),
    };
  }

  private speaks(cell: Cell, caller: Representative): Speaking {
    const known = this.speaking.get(cell) ?? new Map<Representative, Speaking>();
    this.speaking.set(cell, known);
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
    this.effort.spend(30);
    return [...knownOf(principal, '*', action.name)].filter(([key]) => keys.has(key));
  }
}
