import type { Span } from './nodes';

/** The index of the first in a list in source order that begins at an offset or behind it; the list's length for none. */
export function firstFrom(list: readonly { readonly span: Span }[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.span.start ?? 0) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
