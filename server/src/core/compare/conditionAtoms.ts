import { hasUnreadConditions } from '../evaluate/conditions/condition';
import { hasListTest } from '../evaluate/conditions/longLists';
import type { Condition, Statement } from '../model/policy';
import { isInBranch } from '../syntax/functions';
import type { Effort } from './effort';
import { comparesWithAll, textOf } from './entryTexts';

/** A condition, or what stands for one that cannot be read. */
export interface Atom {
  /** The same for what says the same. */
  readonly id: number;
  /** Its key in lower case, or its own text where it cannot be evaluated. */
  readonly key: string;
  readonly condition: Condition | undefined;
  /** What two conditions have in common if one may require no more than the other. */
  readonly family: string;
  /** Its values; `undefined` where not all of them are known. */
  readonly values: ReadonlySet<string> | undefined;
  readonly hasVariables: boolean;
  /** What it takes to hold it to one value. */
  readonly cost: number;
}

/**
 * The conditions of statements; equal ones have one number, whatever statement they are in. A condition that cannot be
 * evaluated is an atom that holds or not, the same for the same text.
 */
export class Atoms {
  readonly #known = new Map<Statement, readonly Atom[]>();
  readonly #ids = new Map<string, number>();
  readonly #implications = new Map<string, boolean>();
  readonly #effort: Effort;

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /** Those that must all hold for the statement to apply. */
  of(statement: Statement): readonly Atom[] {
    let known = this.#known.get(statement);
    if (known === undefined) {
      // What stands in a branch of a template may be no condition at all.
      const isRead = ({ key }: Condition): boolean => !isInBranch(key, statement.node);
      known = statement.conditions.filter(isRead).map((condition) => this.#atomOf(condition));
      if (hasUnreadConditions(statement) || !statement.conditions.every(isRead)) {
        const text = statement.members
          .filter(({ name }) => name === 'Condition')
          .map(({ value }) => compact(value?.kind === 'object' ? value.text : String(value?.kind)))
          .join();
        const id = this.#idOf(text);
        known = [
          ...known,
          {
            id,
            key: `?${id}`,
            condition: undefined,
            family: '',
            values: undefined,
            hasVariables: false,
            cost: 1,
          },
        ];
      }
      this.#known.set(statement, known);
    }
    return known;
  }

  #atomOf(condition: Condition): Atom {
    const { operator, key, values, statement } = condition;
    const name = `${operator.qualifier ?? ''}:${operator.traits?.name ?? operator.base}:${operator.ifExists}`;
    const texts = [...new Set(values.map(textOf))].sort();
    const isWhole = comparesWithAll(condition);
    const hasVariables = texts.some((text) => text.includes('${'));
    const family = JSON.stringify([name, hasVariables && statement.policy.version === '2008-10-17']);
    this.#effort.spend(texts.reduce((sum, text) => sum + 8 + text.length, 0));
    return {
      id: this.#idOf(
        JSON.stringify([family, key.value.toLowerCase(), texts, isWhole ? '' : written(condition)]),
      ),
      key: key.value.toLowerCase(),
      condition,
      family,
      values: isWhole && operator.traits !== undefined ? new Set(texts) : undefined,
      hasVariables,
      cost: hasListTest(condition) ? 20 : 10 + (hasVariables ? 50 : 15) * values.length,
    };
  }

  #idOf(text: string): number {
    const id = this.#ids.get(text) ?? this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }

  /**
   * Whether one condition holds wherever another does, by its list of values alone: any of the values is enough, and under a
   * negated operator none may match.
   */
  implies(narrow: Atom, wide: Atom): boolean {
    const [inner, outer] = [narrow.values, wide.values];
    if (narrow.family !== wide.family || inner === undefined || outer === undefined) {
      return false;
    }
    const isNegated = wide.condition?.operator.traits?.negated === true;
    const [few, many] = isNegated ? [outer, inner] : [inner, outer];
    if (few.size > many.size) {
      return false;
    }
    if (few.size <= FEW) {
      return areIn(few, many);
    }
    const name = `${narrow.id} ${wide.id}`;
    let answer = this.#implications.get(name);
    if (answer === undefined) {
      answer = areIn(few, many);
      this.#effort.spend(10 + few.size);
      this.#implications.set(name, answer);
    }
    return answer;
  }
}

/** Fewer values are looked up each time: to remember what came of it takes longer. */
const FEW = 8;

function areIn(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const text of few) {
    if (!many.has(text)) {
      return false;
    }
  }
  return true;
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
