import type { Applies } from '../evaluate/application';
import { conditionTruth, hasUnreadConditions } from '../evaluate/conditions/condition';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Condition, Statement } from '../model/policy';
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
  readonly columns: ColumnMemo;
  readonly mayHave?: ((condition: readonly Condition[], values: readonly string[]) => boolean) | undefined;
}

/** What was worked out about keys, for all questions about the same policies. */
export type ColumnMemo = Map<string, Column>;

export type ContextAnswer =
  /** Such a request exists; `isOpen` where it hangs on conditions that nobody can evaluate. */
  | { readonly kind: 'found'; readonly context: Context; readonly isOpen: boolean }
  /** There is none. */
  | { readonly kind: 'none' }
  /** None was found, and there may be one. */
  | { readonly kind: 'unknown' };

const NONE: ContextAnswer = { kind: 'none' };

/**
 * Looks for values of condition keys under which some statements' conditions hold and others' do not. Each condition speaks
 * of one key, so that it is enough to try one value for each way in which a value can meet all conditions of its key. What
 * cannot be evaluated is an atom that holds or not, the same for the same text.
 */
export function findContext(question: ContextQuestion): ContextAnswer {
  const { hold, fail } = question;
  const atomsHeld = new Set(hold.flatMap((statement) => atomsOf(statement).map(({ id }) => id)));
  // What asks for no more than what holds cannot fail.
  const open: (readonly Atom[])[] = [];
  for (const statement of fail) {
    const missing = atomsOf(statement).filter(({ id }) => !atomsHeld.has(id));
    if (missing.length === 0) {
      return NONE;
    }
    open.push(missing);
  }
  const held = hold.flatMap(atomsOf);
  const columns = columnsOf([...held, ...open.flat()], question);
  let isComplete = true;
  // What must hold narrows the values of each key.
  const chosen = new Map<string, readonly Row[]>();
  for (const column of columns.values()) {
    const wanted = held.filter(({ key }) => key === column.key).map(({ id }) => id);
    const rows = column.rows.filter((row) => wanted.every((id) => row.holding.has(id)));
    isComplete &&= column.isComplete;
    if (rows.length === 0) {
      return column.isComplete ? NONE : { kind: 'unknown' };
    }
    chosen.set(column.key, rows);
  }
  const budget = { steps: MOST_STEPS };
  const found = falsify(open, chosen, budget);
  if (found === undefined) {
    return isComplete && budget.steps > 0 ? NONE : { kind: 'unknown' };
  }
  const context = new Map<string, readonly string[]>(question.known);
  let isOpen = false;
  const used = new Set([...held, ...open.flat()].map(({ key }) => key));
  for (const [key, rows] of found) {
    const [row] = rows;
    if (row === undefined || !used.has(key)) {
      continue;
    }
    if (row.values === undefined) {
      isOpen = true;
    } else if (!question.known.has(key)) {
      context.set(columns.get(key)?.name ?? key, row.values);
    }
  }
  return { kind: 'found', context, isOpen };
}

/** How many choices are tried before the answer is that nobody knows. */
const MOST_STEPS = 4_000;

/** A condition, or what stands for one that cannot be read. */
interface Atom {
  /** The same for what says the same. */
  readonly id: string;
  /** Its key in lower case, or its own text where it cannot be evaluated. */
  readonly key: string;
  readonly condition: Condition | undefined;
}

const atoms = new WeakMap<Statement, readonly Atom[]>();

function atomsOf(statement: Statement): readonly Atom[] {
  let known = atoms.get(statement);
  if (known === undefined) {
    known = statement.conditions.map((condition): Atom => {
      const { operator, key, member, values } = condition;
      const name = `${operator.qualifier ?? ''}:${operator.traits?.name ?? operator.base}:${operator.ifExists}`;
      const texts = values.map(({ text }) => text).sort();
      const isWhole =
        member.value?.kind !== 'array' ? values.length === 1 : values.length === member.value.items.length;
      return {
        id: JSON.stringify([
          name,
          key.value.toLowerCase(),
          texts,
          isWhole ? '' : written(condition),
          statement.policy.version === '2008-10-17' && texts.some((text) => text.includes('${')),
        ]),
        key: key.value.toLowerCase(),
        condition,
      };
    });
    if (hasUnreadConditions(statement)) {
      const id = statement.members
        .filter(({ name }) => name === 'Condition')
        .map(({ value }) => compact(value?.kind === 'object' ? value.text : String(value?.kind)))
        .join();
      known = [...known, { id, key: `?${id}`, condition: undefined }];
    }
    atoms.set(statement, known);
  }
  return known;
}

/** What functions of templates stand among the values, as far as it can be told apart. */
function written({ member, statement }: Condition): string {
  const { value } = member;
  return value?.kind === 'object'
    ? compact(value.text)
    : value?.kind === 'array'
      ? JSON.stringify(value.items.map((item) => (item.kind === 'object' ? compact(item.text) : item.kind)))
      : compact(statement.node.text);
}

function compact(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ');
}

/** The values of one key, or the two ways in which what cannot be evaluated may be. */
interface Column {
  readonly key: string;
  /** As the policies write it. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly isComplete: boolean;
}

interface Row {
  /** `undefined` for what cannot be evaluated. */
  readonly values: readonly string[] | undefined;
  readonly holding: ReadonlySet<string>;
}

function columnsOf(all: readonly Atom[], question: ContextQuestion): ReadonlyMap<string, Column> {
  const byKey = new Map<string, Map<string, Atom>>();
  for (const atom of all) {
    byKey.set(atom.key, (byKey.get(atom.key) ?? new Map()).set(atom.id, atom));
  }
  const { known, everPresent, mayHave, columns } = question;
  const situation = `${JSON.stringify([...known])} ${everPresent.size} ${mayHave === undefined}`;
  return new Map(
    [...byKey].map(([key, of]) => {
      const name = JSON.stringify([key, situation, [...of.keys()].sort()]);
      const column = columns.get(name) ?? columnOf(key, [...of.values()], question);
      columns.set(name, column);
      return [key, column];
    }),
  );
}

function columnOf(key: string, of: readonly Atom[], question: ContextQuestion): Column {
  const conditions = of.flatMap(({ condition }) => condition ?? []);
  const name = conditions[0]?.key.value ?? key;
  const base = new RequestKeys().tellAll(question.known);
  const known = question.known.get(key);
  const { sets, isComplete } =
    known === undefined ? keyValues(conditions, base) : { sets: [known], isComplete: true };
  const rows = new Map<string, Row>();
  let isSure = isComplete;
  let isUnread = conditions.length === 0;
  for (const values of sets) {
    if (
      (values.length === 0 && known === undefined && question.everPresent.has(key)) ||
      question.mayHave?.(conditions, values) === false
    ) {
      continue;
    }
    const keys = new RequestKeys().tellAll(question.known).tellAll(new Map([[key, values]]));
    const truths = of.map(
      ({ condition }): Applies => (condition === undefined ? 'perhaps' : conditionTruth(condition, keys)),
    );
    if (truths.includes('perhaps')) {
      isUnread = true;
      continue;
    }
    const holding = new Set(of.filter((_, index) => truths[index] === 'always').map(({ id }) => id));
    const signature = [...holding].sort().join('\n');
    if (!rows.has(signature)) {
      rows.set(signature, { values, holding });
    }
  }
  if (rows.size === 0 && isUnread) {
    // Nobody can evaluate these: each may hold or not, for all that is known.
    isSure = of.length < 2;
    for (const holding of [new Set(of.map(({ id }) => id)), new Set<string>()]) {
      rows.set(`?${holding.size}`, { values: undefined, holding });
    }
    for (const { id } of of.length > 1 ? of : []) {
      rows.set(`?${id}`, { values: undefined, holding: new Set([id]) });
    }
  }
  return { key, name, rows: [...rows.values()], isComplete: isSure };
}

/** Chooses values so that of each list of atoms one fails. */
function falsify(
  open: readonly (readonly Atom[])[],
  chosen: ReadonlyMap<string, readonly Row[]>,
  budget: { steps: number },
): ReadonlyMap<string, readonly Row[]> | undefined {
  budget.steps -= 1;
  if (budget.steps <= 0) {
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
      const found = falsify(others, new Map(chosen).set(key, rows), budget);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}
