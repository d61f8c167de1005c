import type {
  ArrayNode,
  MemberNode,
  ObjectNode,
  SourceText,
  Span,
  StringNode,
  SyntaxNode,
} from '../syntax/nodes';
import { indexAt, spanOfValue } from '../syntax/stringSpans';
import {
  type Container,
  commaAfter,
  commentedSlots,
  type Element,
  elementsOf,
  hasComment,
  insideOf,
  isBlank,
  itemsText,
  type JsonValue,
  jsonText,
  type Layout,
  layoutAround,
  layoutOf,
  memberText,
  ON_ONE_LINE,
  onOneLine,
  type Range,
  rangeOf,
  remarkAt,
  sourceOf,
  wholeLines,
} from './layout';
import type { Edit } from './rule';

/**
 * Edits of a policy's text, for fixes. They work in document offsets, escape what they insert for the place where it
 * goes, also inside a policy that is itself a JSON string, and leave comments and indentation as they are.
 *
 * Nothing here can go wrong, but edits made one by one may overlap: to take several items out of a list at once use
 * `removeItems`.
 */

/** Replaces a slice of a string's value, `from` and `to` being indexes into it, with plain text. */
export function replaceValueSlice(node: StringNode, from: number, to: number, text: string): Edit {
  return { span: spanOfValue(node, from, to), text: node.encode(text) };
}

/** Replaces all of a string's value with plain text; the quotes stay. */
export function replaceString(node: StringNode, text: string): Edit {
  return replaceValueSlice(node, 0, node.value.length, text);
}

export function renameKey(member: MemberNode, name: string): Edit {
  return replaceString(member.key, name);
}

/** Replaces a value, of whatever kind, by another, over several lines where its place has lines of its own. */
export function replaceValue(node: SyntaxNode, value: JsonValue): Edit {
  const layout = layoutAround(node);
  const text = layout === undefined ? onOneLine(value) : jsonText(value, layout);
  return { span: node.span, text: sourceOf(node)?.encode(text) ?? text };
}

/** Writes members into an empty object; comments in it stay, behind them. */
export function fillObject(object: ObjectNode, value: { readonly [name: string]: JsonValue }): Edit {
  const { from } = rangeOf(object.source, object);
  const inside = insideOf(object);
  if (isBlank(object.source.text.slice(inside.from, inside.to))) {
    return replaceValue(object, value);
  }
  const layout = layoutAround(object);
  const text = layout === undefined ? JSON.stringify(value) : jsonText(value, layout);
  const { source } = object;
  return {
    span: { start: source.offsetAt(from), end: source.offsetAt(inside.from) },
    text: source.encode(text.replace(/\s*\}$/, '')),
  };
}

/** Makes a list of a value, with more items behind it. Lines of the value move in by one step. */
export function wrapInArray(node: SyntaxNode, more: readonly JsonValue[] = []): readonly Edit[] {
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
    const items = more.map((value) => `, ${onOneLine(value)}`).join('');
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

/** Takes a member out of its object, with its comma, and with its line if it has that to itself. */
export function removeMember(member: MemberNode): readonly Edit[] {
  return removeMembers(member.parent, [member]);
}

/** As `removeMember`, for several members of one object at once. */
export function removeMembers(object: ObjectNode, members: readonly MemberNode[]): readonly Edit[] {
  return removeElements(object, object.members, new Set(members));
}

/** Takes an item out of a list, with its comma, and with its line if it has that to itself. */
export function removeItem(array: ArrayNode, index: number): readonly Edit[] {
  return removeItems(array, [index]);
}

/** As `removeItem`, for several items at once. */
export function removeItems(array: ArrayNode, indexes: readonly number[]): readonly Edit[] {
  const doomed = new Set<Element>(array.items.filter((_, index) => indexes.includes(index)));
  return removeElements(array, array.items, doomed);
}

/** Takes a value out of what holds it: an item out of its list, or a member's value together with the member. */
export function removeValue(node: SyntaxNode): readonly Edit[] {
  const { parent } = node;
  if (parent === undefined) {
    return [];
  }
  return parent.kind === 'member' ? removeMember(parent) : removeItem(parent, parent.items.indexOf(node));
}

/** Takes out a stretch of text that is no node, such as a comment, with its line if it has that to itself. */
export function removeText(source: SourceText, span: Span): Edit {
  const from = indexAt(source, span.start);
  const to = indexAt(source, span.end);
  return removal(source, wholeLines(source.text, from, to, { from: 0, to: source.text.length }));
}

/** Adds a member behind another, laid out as that one is. */
export function insertMemberAfter(member: MemberNode, name: string, value: JsonValue): Edit {
  return insertAfter(member.parent, member, (layout) => memberText(name, value, layout));
}

/** Adds a member in front of another, laid out as that one is. */
export function insertMemberBefore(member: MemberNode, name: string, value: JsonValue): Edit {
  return insertBefore(member.parent, member, (layout) => memberText(name, value, layout));
}

/** Adds a member at the end of an object, which may be empty. */
export function appendMember(object: ObjectNode, name: string, value: JsonValue): Edit {
  const last = object.members.at(-1);
  return last === undefined
    ? fillEmpty(object, memberText(name, value, ON_ONE_LINE), ' ')
    : insertMemberAfter(last, name, value);
}

/** Adds an item at the end of a list, which may be empty. */
export function appendItem(array: ArrayNode, value: JsonValue): Edit {
  const last = array.items.at(-1);
  if (last !== undefined) {
    return insertAfter(array, last, (layout) => jsonText(value, layout));
  }
  const layout = layoutAround(array);
  if (layout === undefined || typeof value !== 'object' || !layout.separator.includes('\n')) {
    return fillEmpty(array, onOneLine(value), '');
  }
  const inner = { separator: layout.separator + layout.indentation, indentation: layout.indentation };
  return fillEmpty(array, `${inner.separator}${jsonText(value, inner)}${layout.separator}`, '');
}

/** Adds an item in front of the one at `index`. */
export function insertItemBefore(array: ArrayNode, index: number, value: JsonValue): Edit {
  const item = array.items[index];
  return item === undefined
    ? appendItem(array, value)
    : insertBefore(array, item, (layout) => jsonText(value, layout));
}

/** Adds an item behind the one at `index`, and behind the comment that ends its line. */
export function insertItemAfter(array: ArrayNode, index: number, value: JsonValue): Edit {
  const item = array.items[index];
  return item === undefined ? appendItem(array, value) : insertItemsAfter(array, item, [value]);
}

/** Adds items, at least one, behind an item of the list, and behind the comment that ends its line. */
export function insertItemsAfter(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit {
  return insertAfter(array, item, (layout) => itemsText(values, layout));
}

/** Puts items, at least one, in the place of one. Comments around it stay. */
export function replaceItem(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit {
  const layout = layoutOf(array, rangeOf(array.source, item));
  return { span: item.span, text: array.source.encode(itemsText(values, layout)) };
}

/**
 * Takes the brackets away from the one item of a list: the reverse of `wrapInArray`. `undefined` where there is not
 * exactly one item, or where a comment would lose its place.
 */
export function unwrapArray(array: ArrayNode): readonly Edit[] | undefined {
  const { source, items } = array;
  const [item] = items;
  if (item === undefined || items.length !== 1 || !array.closed) {
    return undefined;
  }
  const { text } = source;
  const outer = rangeOf(source, array);
  const { from, to } = rangeOf(source, item);
  if (!isBlank(text.slice(outer.from + 1, from)) || !/^\s*,?\s*$/.test(text.slice(to, outer.to - 1))) {
    return undefined;
  }
  const { separator, indentation } = layoutOf(array, { from, to });
  const deeper = separator.includes('\n') ? indentation : '';
  const lines = [...text.slice(from, to).matchAll(/\n/g)]
    .map((match) => from + match.index + 1)
    .filter((at) => deeper !== '' && text.startsWith(deeper, at));
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
export function reorderItems(array: ArrayNode, order: readonly number[]): readonly Edit[] | undefined {
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
  return [...edits, ...removeItems(array, rest)];
}

/** The text after the edits. They may stand in any order, and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
      text,
    );
}

function removeElements(
  container: Container,
  elements: readonly Element[],
  doomed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  const { text } = source;
  const inside = insideOf(container);
  const ranges = elements.map((element) => rangeOf(source, element));
  const edits: Range[] = [];
  for (let first = 0; first < elements.length; first += 1) {
    if (!doomed.has(elements[first] as Element)) {
      continue;
    }
    let last = first;
    while (last + 1 < elements.length && doomed.has(elements[last + 1] as Element)) {
      last += 1;
    }
    const from = ranges[first]?.from ?? 0;
    const to = ranges[last]?.to ?? 0;
    const before = ranges[first - 1];
    const comma = commaAfter(text, to, ranges[last + 1]?.from ?? inside.to);
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
    first = last;
  }
  return edits.map((range) => removal(source, range));
}

function removal(source: SourceText, { from, to }: Range): Edit {
  return { span: { start: source.offsetAt(from), end: source.offsetAt(to) }, text: '' };
}

function insertAfter(container: Container, sibling: Element, write: (layout: Layout) => string): Edit {
  const { source } = container;
  const range = rangeOf(source, sibling);
  const layout = layoutOf(container, range);
  const following = elementsOf(container).find((element) => element.span.start >= sibling.span.end);
  const limit = following === undefined ? insideOf(container).to : rangeOf(source, following).from;
  const comma = commaAfter(source.text, range.to, limit);
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
