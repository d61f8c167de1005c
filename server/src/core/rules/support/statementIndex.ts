import type { Statement } from '../../model/policy';
import { CoverIndex } from '../../pattern/coverIndex';
import { single, speaksOfAll } from './coverage';

/** Up to here looking at each statement costs less than an index. */
const FEW = 8;

/**
 * So many statements are looked at for each that was put in and each that is asked about, beside a first few thousand.
 * Only policies that nobody writes have that many with resources alike; of those nothing more is said.
 */
const MOST_EACH = 64;
const MOST_AT_FIRST = 20_000;

/** Finds among many statements the one that speaks of all that another one speaks of. */
export class StatementIndex {
  readonly #statements: readonly Statement[];
  #resources: CoverIndex<number> | undefined;
  /** Statements that name no resources, or all but some. */
  readonly #open: number[] = [];
  #left: number;

  /** @param statements in source order */
  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
    this.#left = MOST_AT_FIRST + statements.length * MOST_EACH;
  }

  /**
   * The first of the statements that speaks of all that `narrow` speaks of, whatever its conditions say. With `'another'`
   * a statement does not speak of itself.
   */
  covering(narrow: Statement, which: 'any' | 'another' = 'any'): Statement | undefined {
    const covers = (wide: Statement | undefined): boolean =>
      wide !== undefined && (which === 'any' || wide !== narrow) && speaksOfAll(wide, narrow);
    if (this.#statements.length <= FEW) {
      return this.#statements.find(covers);
    }
    this.#left += MOST_EACH;
    let found: number | undefined;
    for (const at of this.#candidates(narrow)) {
      if (found === undefined || at < found) {
        this.#left -= 1;
        if (this.#left < 0) {
          return undefined;
        }
        found = covers(this.#statements[at]) ? at : found;
      }
    }
    return found === undefined ? undefined : this.#statements[found];
  }

  /** Indexes, in no order; one may come twice. */
  #candidates(narrow: Statement): Iterable<number> {
    this.#resources ??= this.#index();
    const resources = single(narrow.resources);
    const first = resources?.entries[0];
    // All but some is covered by `*` and by statements of the same kind.
    const text = first === undefined ? undefined : resources?.negated === true ? '' : first.text;
    return text === undefined ? this.#open : [...this.#open, ...this.#resources.candidates(text)];
  }

  #index(): CoverIndex<number> {
    const index = new CoverIndex<number>();
    this.#statements.forEach(({ resources }, at) => {
      const element = single(resources);
      if (element === undefined || element.negated) {
        this.#open.push(at);
      } else {
        for (const { text } of element.entries) {
          index.add(text, at);
        }
      }
    });
    return index;
  }
}
