import { spanOfValue } from '../../syntax/stringSpans';
import { Unwritable, type Writer } from './writer';

/**
 * Writes into programs: letters within one string literal, and nothing else. How a program is laid out is its formatter's
 * business, and what else an edit would change nobody can tell from the expression alone.
 */
export const programWriter: Writer = {
  replaceSlice: (node, from, to, text) => ({ span: spanOfValue(node, from, to), text: node.encode(text) }),
  replaceValue: unwritable,
  fillObject: unwritable,
  wrapInArray: unwritable,
  unwrapArray: unwritable,
  remove: unwritable,
  insertAfter: unwritable,
  insertBefore: unwritable,
  fillEmpty: unwritable,
  replaceItem: unwritable,
  reorderItems: unwritable,
};

function unwritable(): never {
  throw new Unwritable();
}
