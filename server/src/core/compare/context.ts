import type { Applies } from '../evaluate/application';
import { isOfType } from '../evaluate/conditions/comparison';
import { conditionTruth } from '../evaluate/conditions/condition';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { IamData } from '../iamData/iamData';
import type { Condition, Statement } from '../model/policy';
import { type Atom, Atoms } from './conditionAtoms';
import type { Effort } from './effort';
import { keyValues } from './keyValues';

/** Values of condition keys, as a request is told them; no value at all says that the key is not in it. */
export type Context = ReadonlyMap<string, readonly string[]>;

export interface ContextQuestion {
  /** Statements whose conditions must all hold. */
  readonly hold: readonly Statement[];
  /** Statements of whose conditions at least one must fail, for each of them. */
  readonly fail: readonly Statement[];
  /** What is known already: what follows from the caller, and the values chosen for variables. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  /** Keys that every request has. */
  readonly everPresent: ReadonlySet<string>;
  /** Which sets of values count; all where it is absent. */
  readonly mayHave?: ((condition: readonly Condition[], values: readonly string[]) => boolean) | undefined;
}

export type ContextAnswer =
  /** Such a request exists; `isOpen` if it depends on conditions that cannot be evaluated. */
  | { readonly kind: 'found'; readonly context: Context; readonly isOpen: boolean }
  /** There is none. */
  | { readonly kind: 'none' }
  /** None was found, and there may be one. */
  | { readonly kind: 'unknown' };

const NONE: ContextAnswer = { kind: 'none' };
const UNKNOWN: ContextAnswer = { kind: 'unknown' };

/** What it takes to begin with a key, whatever its conditions are. */
const STEPS_PER_COLUMN = 300;

/** How many choices are tried before the answer is that nobody knows. */
const MOST_CHOICES = 4_000;

/** The values of one key, or the two ways in which what cannot be evaluated may be. */
interface Column {
  /** As the policies write it. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly isComplete: boolean;
}

interface Row {
  /** `undefined` for what cannot be evaluated. */
  readonly values: readonly string[] | undefined;
  /** The atoms that hold. */
  readonly holding: ReadonlySet<number>;
  /** Those of which nobody knows whether they hold, each of which may. */
  readonly open: ReadonlySet<number>;
}

type Choice = Map<string, readonly Row[]>;

/**
 * Looks for values of condition keys under which some statements' conditions hold and others' do not. Each condition speaks
 * of one key, so that it is enough to try one value for each way in which a value can meet all conditions of its key. One
 * object serves all questions about the same policies, and remembers what was worked out.
 */
export class Contexts {
  private readonly columns = new Map<string, Column>();
  private readonly effort: Effort;
  private readonly atoms: Atoms;
  private readonly iamData: IamData | undefined;

  constructor(effort: Effort, iamData?: IamData | undefined) {
    this.effort = effort;
    this.iamData = iamData;
    this.atoms = new Atoms(effort);
  }

  /** Whether no more is looked for: every answer is then that nobody knows. */
  get isSpent(): boolean {
    return this.effort.isSpent;
  }

  find(question: ContextQuestion): ContextAnswer {
    if (this.effort.isSpent) {
      return UNKNOWN;
    }
    const held = new Map<number, Atom>();
    const heldByKey = new Map<string, Atom[]>();
    for (const atom of question.hold.flatMap((statement) => this.atoms.of(statement))) {
      if (!held.has(atom.id)) {
        held.set(atom.id, atom);
        heldByKey.set(atom.key, [...(heldByKey.get(atom.key) ?? []), atom]);
      }
    }
    const open = this.openLists(question.fail, held, heldByKey);
    if (open === undefined) {
      return NONE;
    }
    let isComplete = true;
    // What must hold narrows the values of each key.
    const chosen: Choice = new Map();
    const names = new Map<string, string>();
    for (const [key, column] of this.columnsOf([...held.values(), ...open.flat()], question)) {
      const wanted = heldByKey.get(key) ?? [];
      const rows =
        wanted.length === 0
          ? column.rows
          : column.rows.filter(({ holding, open: perhaps }) =>
              wanted.every(({ id }) => holding.has(id) || perhaps.has(id)),
            );
      this.effort.spend(column.rows.length * (1 + wanted.length));
      isComplete &&= column.isComplete;
      if (rows.length === 0) {
        return column.isComplete ? NONE : UNKNOWN;
      }
      chosen.set(key, rows);
      names.set(key, column.name);
    }
    if (this.effort.isSpent) {
      return UNKNOWN;
    }
    const budget = { choices: MOST_CHOICES };
    const found = this.choose(open, chosen, budget);
    if (found === undefined) {
      return isComplete && budget.choices > 0 ? NONE : UNKNOWN;
    }
    return contextOf(found, names, heldByKey, question.known);
  }

  /** Of each statement that must fail the conditions that may; `undefined` where one cannot. */
  private openLists(
    fail: readonly Statement[],
    held: ReadonlyMap<number, Atom>,
    heldByKey: ReadonlyMap<string, readonly Atom[]>,
  ): readonly (readonly Atom[])[] | undefined {
    const open: (readonly Atom[])[] = [];
    const seen = new Set<readonly Atom[]>();
    for (const statement of fail) {
      const atoms = this.atoms.of(statement);
      // What asks for no more than what holds cannot fail.
      const missing = atoms.filter(
        (atom) =>
          !held.has(atom.id) &&
          !(heldByKey.get(atom.key) ?? []).some((each) => this.atoms.implies(each, atom)),
      );
      this.effort.spend(4 + atoms.length);
      if (missing.length === 0) {
        return undefined;
      }
      if (!seen.has(atoms)) {
        seen.add(atoms);
        open.push(missing);
      }
    }
    return open;
  }

  private *columnsOf(all: readonly Atom[], question: ContextQuestion): Generator<[string, Column]> {
    const byKey = new Map<string, Map<number, Atom>>();
    for (const atom of all) {
      const of = byKey.get(atom.key);
      if (of === undefined) {
        byKey.set(atom.key, new Map([[atom.id, atom]]));
      } else {
        of.set(atom.id, atom);
      }
    }
    this.effort.spend(15 * all.length);
    const { known, everPresent, mayHave } = question;
    for (const [key, of] of byKey) {
      this.effort.spend(20 + 4 * of.size);
      const atoms = [...of.values()];
      const situation = atoms.some(({ hasVariables }) => hasVariables) ? [...known] : known.get(key);
      const ids = [...of.keys()].sort((a, b) => a - b);
      const name = JSON.stringify([key, situation, everPresent.has(key), mayHave === undefined, ids]);
      const column = this.columns.get(name) ?? this.columnOf(key, atoms, question);
      this.columns.set(name, column);
      yield [key, column];
    }
  }

  private columnOf(key: string, of: readonly Atom[], question: ContextQuestion): Column {
    const conditions = of.flatMap(({ condition }) => condition ?? []);
    const name = conditions[0]?.key.value ?? key;
    const ids = of.map(({ id }) => id);
    // Nobody can evaluate these: each may hold or not, for all that is known.
    const unread: Row = { values: undefined, holding: new Set(), open: new Set(ids) };
    if (conditions.length === 0) {
      return { name, rows: [unread], isComplete: true };
    }
    const keys = new RequestKeys().tellAll(question.known);
    this.effort.spend(2 * question.known.size);
    const known = question.known.get(key);
    const cost = of.reduce((sum, atom) => sum + atom.cost, 40);
    this.effort.spend(STEPS_PER_COLUMN);
    const { sets, isComplete } =
      known === undefined
        ? keyValues(conditions, {
            keys,
            isMultivalued: this.iamData?.conditionKey(key)?.multivalued === true,
            effort: this.effort,
          })
        : { sets: [known], isComplete: true };
    const rows = new Map<string, Row>();
    let isSure = isComplete;
    let isUnread = false;
    for (const values of sets) {
      if (
        (values.length === 0 && known === undefined && question.everPresent.has(key)) ||
        question.mayHave?.(conditions, values) === false
      ) {
        continue;
      }
      if (this.effort.isSpent) {
        isSure = false;
        break;
      }
      this.effort.spend(cost * Math.max(1, values.length));
      // What is told last counts.
      keys.tellAll(new Map([[key, values]]));
      const truths = conditions.map((condition) => conditionTruth(condition, keys));
      const idsThat = (truth: Applies): readonly number[] =>
        ids.filter((_, index) => truths[index] === truth);
      const open = new Set(idsThat('perhaps'));
      if (known === undefined && !of.every((atom) => !open.has(atom.id) || fits(atom, values))) {
        isUnread = true;
        continue;
      }
      const holding = new Set(idsThat('always'));
      const signature = JSON.stringify([[...holding].sort(byNumber), [...open].sort(byNumber)]);
      if (!rows.has(signature)) {
        rows.set(signature, { values, holding, open });
      }
    }
    if (rows.size === 0 && isUnread) {
      rows.set('', unread);
    }
    const [certain, others] = [
      [...rows.values()].filter(isCertain),
      [...rows.values()].filter((row) => !isCertain(row)),
    ];
    return { name, rows: others.length === 0 ? certain : [...certain, ...others], isComplete: isSure };
  }

  /** Chooses values so that of each list of atoms one fails; if possible such that nothing depends on what is not known. */
  private choose(
    open: readonly (readonly Atom[])[],
    chosen: Choice,
    budget: { choices: number },
  ): Choice | undefined {
    const all = [...chosen];
    if (all.every(([, rows]) => rows.every(isCertain))) {
      return this.falsify(alone(open, chosen), chosen, budget);
    }
    const certain = new Map(
      all.map(([key, rows]) => {
        const sure = rows.filter(isCertain);
        return [key, sure.length > 0 ? sure : rows.map(asHolding)];
      }),
    );
    return (
      this.falsify(alone(open, certain), certain, budget) ?? this.falsify(alone(open, chosen), chosen, budget)
    );
  }

  /** Chooses values so that of each list of atoms one fails. */
  private falsify(
    open: readonly (readonly Atom[])[],
    chosen: Choice,
    budget: { choices: number },
  ): Choice | undefined {
    budget.choices -= 1;
    this.effort.spend(open.length * 10 + chosen.size);
    if (budget.choices <= 0 || this.effort.isSpent) {
      budget.choices = 0;
      return undefined;
    }
    // Whose every choice of values fails it already is done; the one with the fewest choices comes first.
    const left = open.filter(
      (list) => !list.some(({ key, id }) => (chosen.get(key) ?? []).every((row) => !row.holding.has(id))),
    );
    const [first, ...others] = left.toSorted((a, b) => a.length - b.length);
    if (first === undefined) {
      return chosen;
    }
    for (const { key, id } of first) {
      const rows = (chosen.get(key) ?? []).filter((row) => !row.holding.has(id));
      if (rows.length > 0) {
        const found = this.falsify(others, new Map(chosen).set(key, rows), budget);
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }
}

/**
 * Makes each list fail that has an atom about a key which no other list mentions, since that affects nothing else.
 *
 * @returns the lists that still have to be made to fail
 */
function alone(open: readonly (readonly Atom[])[], chosen: Choice): readonly (readonly Atom[])[] {
  const lists = new Map<string, number>();
  for (const list of open) {
    for (const key of new Set(list.map((atom) => atom.key))) {
      lists.set(key, (lists.get(key) ?? 0) + 1);
    }
  }
  return open.filter((list) => {
    for (const { key, id } of list) {
      const rows = lists.get(key) === 1 ? (chosen.get(key) ?? []).filter((row) => !row.holding.has(id)) : [];
      if (rows.length > 0) {
        chosen.set(key, rows);
        return false;
      }
    }
    return true;
  });
}

function isCertain({ open }: Row): boolean {
  return open.size === 0;
}

/** The same as if what nobody knows held, so that it makes no condition fail. */
function asHolding(row: Row): Row {
  return { ...row, holding: new Set([...row.holding, ...row.open]) };
}

/** Whether each value of a key is one that an operator compares; what it makes of others is no way to meet it. */
function fits({ condition }: Atom, values: readonly string[]): boolean {
  const family = condition?.operator.traits?.family;
  return (
    family === undefined ||
    values.every((text) => isOfType(family, text) && (family !== 'Null' || text !== ''))
  );
}

function byNumber(a: number, b: number): number {
  return a - b;
}

/** What must hold and of which nobody knows whether a value meets it asks for no value. */
function contextOf(
  found: Choice,
  names: ReadonlyMap<string, string>,
  heldByKey: ReadonlyMap<string, readonly Atom[]>,
  known: ReadonlyMap<string, readonly string[]>,
): ContextAnswer {
  const context = new Map<string, readonly string[]>(known);
  let isOpen = false;
  for (const [key, [row]] of found) {
    if (row === undefined || !isCertain(row)) {
      isOpen = true;
    }
    const isAsked = (heldByKey.get(key) ?? []).some(({ id }) => row?.open.has(id));
    if (row?.values !== undefined && !isAsked && !known.has(key)) {
      context.set(names.get(key) ?? key, row.values);
    }
  }
  return { kind: 'found', context, isOpen };
}
