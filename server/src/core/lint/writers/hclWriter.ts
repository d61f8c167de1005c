import { spanOfValue } from '../../syntax/stringSpans';
import { Unwritable, type Writer } from './writer';

const no = (): never => {
  throw new Unwritable();
};

export const hclWriter: Writer = {
  replaceSlice: (node, from, to, text) => ({ span: spanOfValue(node, from, to), text: node.encode(text) }),
  replaceValue: no,
  fillObject: no,
  wrapInArray: no,
  unwrapArray: no,
  remove: no,
  insertAfter: no,
  insertBefore: no,
  fillEmpty: no,
  replaceItem: no,
  reorderItems: no,
  removeText: no,
};
