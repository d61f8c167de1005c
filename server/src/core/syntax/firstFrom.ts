import { firstIndex } from '../pattern/bisect';
import type { Span } from './nodes';

/** The index of the first in a list in source order that begins at an offset or behind it; the list's length for none. */
export function firstFrom(list: readonly { readonly span: Span }[], offset: number): number {
  return firstIndex(list.length, (index) => (list[index]?.span.start ?? offset) >= offset);
}
