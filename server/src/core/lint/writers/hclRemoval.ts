import { HclFunctionList } from '../../syntax/hcl/hclNodes';
import type { ArrayNode } from '../../syntax/nodes';
import { type Container, type Element, hasComment, indexesOf, type Range, rangeOf } from '../layout';
import type { Edit } from '../rule';
import { edit, isBraced, mustBeTuple, partsOf, unwritable, wholeLines } from './hclPlaces';
import { Unwritable } from './writer';

/** Takes elements out of HCL, with their lines or commas. */

/** Takes out elements that have lines of their own: arguments and blocks. */
export function removeLines(
  container: Container,
  elements: readonly Element[],
  removed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  return indexesOf(elements, removed)
    .flatMap((index) => elements[index] ?? [])
    .flatMap((element) =>
      partsOf(source, element).map(({ from, to }) => {
        const range = wholeLines(source.text, from, to);
        if (range.from === from) {
          throw new Unwritable();
        }
        // Of the blank lines around a block one stays.
        const lineBefore = source.text.lastIndexOf('\n', range.from - 2);
        const before = /^\n[ \t]*\r?\n$/.exec(source.text.slice(Math.max(0, lineBefore), range.from));
        const gap = before !== null && /^[ \t]*[}\r\n]/.test(source.text.slice(range.to));
        return edit(source, gap ? range.from - before[0].length + 1 : range.from, range.to, '');
      }),
    );
}

/** Takes out elements between the brackets of a container, with their commas. */
export function removeListed(
  container: Container,
  elements: readonly Element[],
  removed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  if (container.kind === 'array' ? container instanceof HclFunctionList : !isBraced(container)) {
    return removeLines(container, elements, removed);
  }
  if (container.kind === 'array') {
    mustBeTuple(container);
  }
  const { text } = source;
  const rangeAt = (index: number): Range | undefined => {
    const element = elements[index];
    return element && rangeOf(source, element);
  };
  const isRemoved = (index: number): boolean => {
    const element = elements[index];
    return element !== undefined && removed.has(element);
  };
  const going = indexesOf(elements, removed);
  if (going.length === elements.length) {
    const { from, to } = rangeOf(source, container);
    return hasComment(container as ArrayNode) || !container.closed
      ? unwritable()
      : [edit(source, from + 1, to - 1, '')];
  }
  return going.flatMap((index): readonly Edit[] => {
    const own = rangeAt(index);
    if (own === undefined) {
      return [];
    }
    const { from, to } = own;
    const lines = wholeLines(text, from, to);
    if (lines.from < from || (lines.from === from && lines.to > to)) {
      return [edit(source, lines.from, lines.to, '')];
    }
    const next = rangeAt(index + 1);
    if (next !== undefined && /^\s*,[ \t]*$/.test(text.slice(to, next.from))) {
      return [edit(source, from, next.from, '')];
    }
    // The last one goes with the comma in front of it, up to what stays.
    let before = index - 1;
    while (isRemoved(before)) {
      before -= 1;
    }
    const kept = rangeAt(before);
    const isNextTo = before === index - 1;
    const start = isNextTo && kept !== undefined ? kept.to : from;
    if (next !== undefined || !/^\s*(?:,\s*)?$/.test(text.slice(start, from))) {
      return unwritable();
    }
    const comma =
      isNextTo || kept === undefined ? undefined : commaIn(text, kept.to, rangeAt(before + 1)?.from ?? from);
    return [
      edit(source, start, to, ''),
      ...(comma === undefined ? [] : [edit(source, comma.from, comma.to, '')]),
    ];
  });
}

/** The comma between two items, with the blanks behind it where both stand on one line. */
function commaIn(text: string, from: number, to: number): Range | undefined {
  const comma = /^[^,]*,/.exec(text.slice(from, to));
  if (comma === null) {
    return undefined;
  }
  const end = from + comma[0].length;
  return { from: end - 1, to: /^[ \t]*$/.test(text.slice(end, to)) ? to : end };
}
