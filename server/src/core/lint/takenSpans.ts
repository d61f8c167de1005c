import type { Span } from '../syntax/nodes';
import type { Edit } from './rule';
import { countUpTo } from './suppress';

/**
 * Chooses among fixes those that can be applied together: each is taken unless it touches the text of one that was taken
 * before. Edits that meet count as touching, since of two insertions at one place neither can know of the other.
 */
export class TakenSpans {
  /** By their starts. None touches one of another fix, so that their ends are in order too. */
  readonly #taken: Span[] = [];

  /** Takes the edits of one fix, which do not overlap; gives whether it could. */
  take(edits: readonly Edit[]): boolean {
    if (edits.some(({ span }) => this.#isTouched(span))) {
      return false;
    }
    for (const { span } of edits) {
      // Fixes come in the order of the document, so that nothing has to be moved, as a rule.
      this.#taken.splice(this.#countUpTo(span.start), 0, span);
    }
    return true;
  }

  #isTouched({ start, end }: Span): boolean {
    const last = this.#taken[this.#countUpTo(end) - 1];
    return last !== undefined && last.end >= start;
  }

  /** How many of those that were taken begin at or before an offset. */
  #countUpTo(offset: number): number {
    return countUpTo(this.#taken, offset);
  }
}
