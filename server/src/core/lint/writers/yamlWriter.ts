import { firstFrom } from '../../syntax/firstFrom';
import type { Span, SyntaxNode } from '../../syntax/nodes';
import { type SharedValue, sharedIn } from '../../syntax/yaml/yamlNodes';
import type { Edit } from '../rule';
import { Unwritable, type Writer } from './writer';
import { yamlLines } from './yamlLines';
import { containerOf } from './yamlText';

/** Writes YAML, and leaves alone what an alias or an anchor has a part in. */
export const yamlWriter: Writer = {
  replaceSlice: (node, from, to, text) => yamlLines.replaceSlice(node, from, to, text),
  replaceValue: (node, value) => alone(node, () => yamlLines.replaceValue(node, value)),
  fillObject: (object, value) => alone(object, () => yamlLines.fillObject(object, value)),
  fillEmpty: (container, addition) => alone(container, () => yamlLines.fillEmpty(container, addition)),
  wrapInArray: (node, more) => alone(node, () => yamlLines.wrapInArray(node, more)),
  unwrapArray: (array) => alone(array, () => yamlLines.unwrapArray(array)),
  remove: (container, removed) => alone(container, () => yamlLines.remove(container, removed)),
  insertAfter: (container, sibling, addition) =>
    alone(container, () => yamlLines.insertAfter(container, sibling, addition)),
  insertBefore: (container, sibling, addition) =>
    alone(container, () => yamlLines.insertBefore(container, sibling, addition)),
  replaceItem: (array, item, values) => alone(array, () => yamlLines.replaceItem(array, item, values)),
  reorderItems: (array, order) => alone(array, () => yamlLines.reorderItems(array, order)),
};

/**
 * What is written at a node that no alias names, and that stands in none that an alias names: of these more would change
 * than is shown. Nor does an anchor go away that is named elsewhere, and nothing takes the place of another behind one.
 */
function alone<Written extends Edit | readonly Edit[] | undefined>(
  node: SyntaxNode,
  write: () => Written,
): Written {
  const source = 'source' in node ? node.source : containerOf(node)?.source;
  const shared = source === undefined ? [] : sharedIn(source);
  const written = write();
  const { start, end } = node.span;
  const isWithin = furthestBefore(shared, start) >= end;
  const edits: readonly Edit[] = written === undefined ? [] : 'span' in written ? [written] : written;
  if (isWithin || edits.some(({ span }) => touches(shared, span))) {
    throw new Unwritable();
  }
  return written;
}

/** Whether letters of a shared value are replaced, or taken out. */
function touches(shared: readonly SharedValue[], { start, end }: Span): boolean {
  return start < end && furthestBefore(shared, end) > start;
}

/** How far the shared values reach that begin in front of an offset. */
function furthestBefore(shared: readonly SharedValue[], offset: number): number {
  return shared[firstFrom(shared, offset) - 1]?.furthest ?? 0;
}
