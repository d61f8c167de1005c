import type { ArrayNode, ObjectNode, SourceText, Span, SyntaxNode } from '../../syntax/nodes';
import { indexAt, spanOfValue } from '../../syntax/stringSpans';
import {
  type Container,
  commaAfter,
  commentedSlots,
  type Element,
  elementsOf,
  hasComment,
  indexesOf,
  insideOf,
  isBlank,
  isMinified,
  itemsText,
  type JsonValue,
  jsonText,
  type Layout,
  layoutAround,
  layoutOf,
  MINIFIED,
  memberText,
  ON_ONE_LINE,
  type Range,
  rangeOf,
  remarkAt,
  sourceOf,
  wholeLines,
} from '../layout';
import type { Edit } from '../rule';
import type { Addition, Writer } from './writer';

/**
 * Writes JSON, also into a policy that is itself a JSON string. It works in indexes of the source's text, and escapes
 * what it inserts for the place where it goes. It can always write.
 */
export const jsonWriter: Writer = {
  replaceSlice: (node, from, to, text) => ({ span: spanOfValue(node, from, to), text: node.encode(text) }),
  replaceValue,
  fillObject,
  wrapInArray,
  unwrapArray,
  remove: (container, removed) => removeElements(container, elementsOf(container), removed),
  insertAfter: (container, sibling, addition) =>
    insertAfter(container, sibling, (layout) => additionText(addition, layout)),
  insertBefore: (container, sibling, addition) =>
    insertBefore(container, sibling, (layout) => additionText(addition, layout)),
  fillEmpty: fill,
  replaceItem,
  reorderItems,
};

function additionText(addition: Addition, layout: Layout): string {
  return 'name' in addition
    ? memberText(addition.name, addition.value, layout)
    : itemsText(addition.items, layout);
}

function fill(container: Container, addition: Addition): Edit {
  if ('name' in addition) {
    return isMinified(container)
      ? fillEmpty(container, memberText(addition.name, addition.value, MINIFIED), '')
      : fillEmpty(container, memberText(addition.name, addition.value, ON_ONE_LINE), ' ');
  }
  const layout = layoutAround(container);
  const isPlain = addition.items.every((item) => typeof item !== 'object');
  if (layout === undefined || isPlain || !layout.separator.includes('\n')) {
    const oneLine = isMinified(container) ? MINIFIED : ON_ONE_LINE;
    return fillEmpty(container, itemsText(addition.items, oneLine), '');
  }
  const inner = { separator: layout.separator + layout.indentation, indentation: layout.indentation };
  return fillEmpty(container, `${inner.separator}${itemsText(addition.items, inner)}${layout.separator}`, '');
}

/** Replaces a value, of whatever kind, by another, over several lines where its place has lines of its own. */
function replaceValue(node: SyntaxNode, value: JsonValue): Edit {
  const text = jsonText(value, layoutAround(node) ?? ON_ONE_LINE);
  return { span: node.span, text: sourceOf(node)?.encode(text) ?? text };
}

/** Writes members into an empty object; comments in it stay, behind them. */
function fillObject(object: ObjectNode, value: { readonly [name: string]: JsonValue }): Edit {
  const { from } = rangeOf(object.source, object);
  const inside = insideOf(object);
  if (isBlank(object.source.text.slice(inside.from, inside.to))) {
    return replaceValue(object, value);
  }
  const text = jsonText(value, layoutAround(object) ?? ON_ONE_LINE);
  const { source } = object;
  return {
    span: { start: source.offsetAt(from), end: source.offsetAt(inside.from) },
    text: source.encode(text.replace(/(?<!\s)\s*\}$/, '')),
  };
}

/** Makes a list of a value, with more items behind it. Lines of the value move in by one step. */
function wrapInArray(node: SyntaxNode, more: readonly JsonValue[]): readonly Edit[] {
  const source = sourceOf(node);
  if (source === undefined) {
    return [];
  }
  const { from, to } = rangeOf(source, node);
  const lines = [...source.text.slice(from, to).matchAll(/\n(?=[ \t]*\S)/g)].map(
    (match) => from + match.index + 1,
  );
  const layout = lines.length === 0 ? undefined : layoutAround(node);
  if (layout === undefined) {
    const oneLine = layoutAround(node)?.separator === '' ? MINIFIED : ON_ONE_LINE;
    const items = more.map((value) => `,${oneLine.separator}${jsonText(value, oneLine)}`).join('');
    return [insertion(source, from, '['), insertion(source, to, `${items}]`)];
  }
  const { separator, indentation } = layout;
  const inner = { separator: separator + indentation, indentation };
  const items = more.map((value) => `,${inner.separator}${jsonText(value, inner)}`).join('');
  return [
    insertion(source, from, `[${inner.separator}`),
    ...lines.map((at) => insertion(source, at, indentation)),
    insertion(source, to, `${items}${separator}]`),
  ];
}

/** Puts items, at least one, in the place of one. Comments around it stay. */
function replaceItem(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit {
  const layout = layoutOf(array, rangeOf(array.source, item));
  return { span: item.span, text: array.source.encode(itemsText(values, layout)) };
}

/**
 * Takes the brackets away from the one item of a list: the reverse of `wrapInArray`. `undefined` where there is not
 * exactly one item, or where a comment would lose its place.
 */
function unwrapArray(array: ArrayNode): readonly Edit[] | undefined {
  const { source, items } = array;
  const [item] = items;
  if (item === undefined || items.length !== 1 || !array.closed) {
    return undefined;
  }
  const { text } = source;
  const outer = rangeOf(source, array);
  const { from, to } = rangeOf(source, item);
  if (!isBlank(text.slice(outer.from + 1, from)) || !/^\s*(?:,\s*)?$/.test(text.slice(to, outer.to - 1))) {
    return undefined;
  }
  const { separator, indentation } = layoutOf(array, { from, to });
  const deeper = separator.includes('\n') ? indentation : '';
  const lines =
    deeper === ''
      ? []
      : [...text.slice(from, to).matchAll(/\n/g)]
          .map((match) => from + match.index + 1)
          .filter((at) => text.startsWith(deeper, at));
  return [
    removal(source, { from: outer.from, to: from }),
    ...lines.map((at) => removal(source, { from: at, to: at + deeper.length })),
    removal(source, { from: to, to: outer.to }),
  ];
}

/**
 * Puts the items of a list in another order; those that `order` leaves out go. `order` has the index of the item that
 * is to stand at each place. Comments above an item and at the end of its line go with it. `undefined` where that
 * cannot be: comments between items on one line, or comments of items that go.
 */
function reorderItems(array: ArrayNode, order: readonly number[]): readonly Edit[] | undefined {
  const { source, items } = array;
  const slots = hasComment(array) ? commentedSlots(array) : items.map((item) => [rangeOf(source, item)]);
  if (slots === undefined || (order.length < items.length && hasComment(array))) {
    return undefined;
  }
  const edits = order.flatMap((index, place) =>
    (slots[place] ?? []).flatMap((range, part): readonly Edit[] => {
      const wanted = slots[index]?.[part] ?? range;
      const text = source.text.slice(wanted.from, wanted.to);
      return text === source.text.slice(range.from, range.to)
        ? []
        : [{ ...removal(source, range), text: source.encode(text) }];
    }),
  );
  const rest = items.map((_, index) => index).slice(order.length);
  return [...edits, ...removeElements(array, items, new Set(rest.flatMap((index) => items[index] ?? [])))];
}

/** Takes out a comment, with its line if it has that to itself. */
export function removeComment(source: SourceText, span: Span): Edit {
  const from = indexAt(source, span.start);
  const to = indexAt(source, span.end);
  return removal(source, wholeLines(source.text, from, to, { from: 0, to: source.text.length }));
}

function removeElements(
  container: Container,
  elements: readonly Element[],
  removed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  const { text } = source;
  const inside = insideOf(container);
  const rangeAt = (index: number): Range | undefined => {
    const element = elements[index];
    return element && rangeOf(source, element);
  };
  const edits: Range[] = [];
  for (const [first, last] of runsOf(elements, removed)) {
    const from = rangeAt(first)?.from ?? 0;
    const to = rangeAt(last)?.to ?? 0;
    const before = rangeAt(first - 1);
    const comma = commaAfter(text, to, inside.to);
    if (comma !== undefined) {
      edits.push(wholeLines(text, from, comma + 1, inside));
    } else if (before !== undefined) {
      const commaBefore = commaAfter(text, before.to, from);
      edits.push(
        ...(commaBefore === undefined
          ? [wholeLines(text, from, to, inside)]
          : isBlank(text.slice(commaBefore + 1, from))
            ? [{ from: commaBefore, to }]
            : [{ from: commaBefore, to: commaBefore + 1 }, wholeLines(text, from, to, inside)]),
      );
    } else if (isBlank(text.slice(inside.from, from)) && isBlank(text.slice(to, inside.to))) {
      edits.push(inside);
    } else {
      edits.push(wholeLines(text, from, to, inside));
    }
  }
  return edits.map((range) => removal(source, range));
}

/** The first and the last index of each row of neighbours that go, in order. */
function runsOf(
  elements: readonly Element[],
  removed: ReadonlySet<Element>,
): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const index of indexesOf(elements, removed)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === index - 1) {
      run[1] = index;
    } else {
      runs.push([index, index]);
    }
  }
  return runs;
}

function removal(source: SourceText, { from, to }: Range): Edit {
  return { span: { start: source.offsetAt(from), end: source.offsetAt(to) }, text: '' };
}

function insertAfter(container: Container, sibling: Element, write: (layout: Layout) => string): Edit {
  const { source } = container;
  const range = rangeOf(source, sibling);
  const layout = layoutOf(container, range);
  const comma = commaAfter(source.text, range.to, insideOf(container).to);
  if (comma !== undefined) {
    const at = comma + 1 + remarkAt(source.text, comma + 1, layout).length;
    return insertion(source, at, `${layout.separator}${write(layout)},`);
  }
  const remark = remarkAt(source.text, range.to, layout);
  return {
    span: { start: source.offsetAt(range.to), end: source.offsetAt(range.to + remark.length) },
    text: source.encode(`,${remark}${layout.separator}${write(layout)}`),
  };
}

function insertBefore(container: Container, sibling: Element, write: (layout: Layout) => string): Edit {
  const { source } = container;
  const range = rangeOf(source, sibling);
  const layout = layoutOf(container, range);
  return insertion(source, range.from, `${write(layout)},${layout.separator}`);
}

function fillEmpty(container: Container, text: string, padding: string): Edit {
  const { source } = container;
  const inside = insideOf(container);
  return isBlank(source.text.slice(inside.from, inside.to))
    ? {
        span: { start: source.offsetAt(inside.from), end: source.offsetAt(inside.to) },
        text: source.encode(`${padding}${text}${padding}`),
      }
    : // In front of a comment, which brings the blanks before it.
      insertion(source, inside.from, `${padding}${text}`.trimEnd());
}

function insertion(source: SourceText, at: number, text: string): Edit {
  const offset = source.offsetAt(at);
  return { span: { start: offset, end: offset }, text: source.encode(text) };
}
