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
import type { Edit } from './rule';

/**
 * Edits of a policy's text, for fixes. They work in document offsets, escape what they insert for the place where it
 * goes, also inside a policy that is itself a JSON string, and leave comments and indentation as they are.
 *
 * Nothing here can go wrong, but edits made one by one may overlap: to take several items out of a list at once use
 * `removeItems`.
 */

/** What can be written into a policy. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Replaces a slice of a string's value, `from` and `to` being indexes into it, with plain text. */
export function replaceValueSlice(node: StringNode, from: number, to: number, text: string): Edit {
  return { span: spanOfValue(node, from, to), text: node.source.encode(JSON.stringify(text).slice(1, -1)) };
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

/** Whether comments stand in what a list or an object holds, at any depth. */
export function hasComment(container: ArrayNode | ObjectNode): boolean {
  const { from, to } = rangeOf(container.source, container);
  for (const [token] of container.source.text.slice(from, to).matchAll(STRING_OR_COMMENT)) {
    if (token.startsWith('/')) {
      return true;
    }
  }
  return false;
}

const STRING_OR_COMMENT = /"(?:[^"\\\r\n]|\\.)*"?|\/[/*]/g;

/** What a node holds, to be written elsewhere. What cannot be known is written as null. */
export function plainValue(node: SyntaxNode): JsonValue {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        node.members.map((member) => [
          member.name,
          member.value === undefined ? null : plainValue(member.value),
        ]),
      );
    case 'array':
      return node.items.map(plainValue);
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    default:
      return null;
  }
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

type Container = ObjectNode | ArrayNode;
type Element = MemberNode | SyntaxNode;

/** Half-open indexes into the text that the front end parsed, which for a policy in a string is not the document. */
interface Range {
  readonly from: number;
  readonly to: number;
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

/**
 * The range with the blanks that it leaves behind: its lines where nothing else stands on them, otherwise the blanks
 * after it. A comment behind it on the same line goes with it, since that speaks of it; others stay.
 */
function wholeLines(text: string, from: number, to: number, inside: Range): Range {
  const rest = text.slice(to, inside.to);
  const lineRest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?(\r?\n)/.exec(rest);
  const lead = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, from));
  if (lineRest !== null && lead !== null) {
    return { from: from - (lead[1]?.length ?? 0), to: to + lineRest[0].length };
  }
  return { from, to: to + (/^[ \t]*/.exec(rest)?.[0].length ?? 0) };
}

/** The comma between two elements, comments aside. */
function commaAfter(text: string, from: number, to: number): number | undefined {
  // Each piece is taken whole, by a look ahead: a comment given back in part would lend its commas.
  const gap = /^(?:(?=(\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/))\1)*,/.exec(text.slice(from, to));
  return gap === null ? undefined : from + gap[0].length - 1;
}

/** How what is inserted is laid out: the blanks before it, and the further indentation of what is inside it. */
interface Layout {
  /** A line break and the indentation, or spaces, or nothing. */
  readonly separator: string;
  readonly indentation: string;
}

const ON_ONE_LINE: Layout = { separator: ' ', indentation: '  ' };

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

/** A comment that ends the line of an element or of its comma speaks of it, so it stays on that line. */
function remarkAt(text: string, at: number, layout: Layout): string {
  if (!layout.separator.includes('\n')) {
    return '';
  }
  const remark = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/)(?=[ \t]*[\r\n])/;
  return remark.exec(text.slice(at))?.[0] ?? '';
}

function elementsOf(container: Container): readonly Element[] {
  return container.kind === 'object' ? container.members : container.items;
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

/** A sibling shows the layout: one that stands on a line of its own asks for another such line. */
function layoutOf(container: Container, sibling: Range): Layout {
  const { source } = container;
  const before = source.text.slice(0, sibling.from);
  const separator = /(?:\r?\n)?[ \t]*$/.exec(before)?.[0] ?? '';
  if (!separator.includes('\n')) {
    return { separator: separator === '' ? ' ' : separator, indentation: '  ' };
  }
  const opening = indexAt(source, container.span.start);
  const outer = /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n', opening) + 1))?.[0] ?? '';
  const inner = separator.slice(separator.indexOf('\n') + 1);
  return {
    separator,
    indentation: inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : '  ',
  };
}

/** The layout of what holds a value: its member's where it is one's value, its own where it is an item. */
function layoutAround(node: SyntaxNode): Layout | undefined {
  const { parent } = node;
  if (parent === undefined) {
    return undefined;
  }
  const container = parent.kind === 'member' ? parent.parent : parent;
  return layoutOf(container, rangeOf(container.source, parent.kind === 'member' ? parent : node));
}

function memberText(name: string, value: JsonValue, layout: Layout): string {
  return `${JSON.stringify(name)}: ${jsonText(value, layout)}`;
}

function itemsText(values: readonly JsonValue[], layout: Layout): string {
  return values.map((value) => jsonText(value, layout)).join(`,${layout.separator}`);
}

/** An object goes over several lines where its neighbours have lines of their own. */
function jsonText(value: JsonValue, layout: Layout): string {
  const multiline = layout.separator.includes('\n');
  if (!multiline || typeof value !== 'object' || value === null) {
    return onOneLine(value);
  }
  return JSON.stringify(value, undefined, layout.indentation).replaceAll('\n', layout.separator);
}

function onOneLine(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(onOneLine).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, item]) => `${JSON.stringify(name)}: ${onOneLine(item)}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** Between the brackets, or up to the end of what has been typed. */
function insideOf(container: Container): Range {
  const { from, to } = rangeOf(container.source, container);
  return { from: from + 1, to: container.closed ? to - 1 : to };
}

function rangeOf(source: SourceText, element: Element): Range {
  return { from: indexAt(source, element.span.start), to: indexAt(source, element.span.end) };
}

/**
 * For each item of a list with comments the text that goes with it: the lines above with itself, and the comment that
 * ends its line. `undefined` unless each item has lines of its own, for a comment may end only a line.
 */
function commentedSlots(array: ArrayNode): readonly (readonly [Range, Range])[] | undefined {
  const { source, items } = array;
  const { text } = source;
  const inside = insideOf(array);
  const ranges = items.map((item) => rangeOf(source, item));
  const slots: (readonly [Range, Range])[] = [];
  const ownLine = { separator: '\n', indentation: '' };
  let at = inside.from + remarkAt(text, inside.from, ownLine).length;
  for (const [index, { to }] of ranges.entries()) {
    const following = ranges[index + 1]?.from;
    const comma = commaAfter(text, to, following ?? inside.to);
    if (comma === undefined ? following !== undefined : !isBlank(text.slice(to, comma))) {
      return undefined;
    }
    const behind = comma === undefined ? to : comma + 1;
    const end = behind + remarkAt(text, behind, ownLine).length;
    if (!/^[ \t]*\r?\n/.test(text.slice(at)) || !/^[ \t]*\r?\n/.test(text.slice(end, inside.to))) {
      return undefined;
    }
    slots.push([
      { from: at, to },
      { from: behind, to: end },
    ]);
    at = end;
  }
  return slots;
}

/** Scalars do not know their text; what holds them does. */
export function sourceOf(node: SyntaxNode): SourceText | undefined {
  if (node.kind === 'string' || node.kind === 'object' || node.kind === 'array') {
    return node.source;
  }
  return node.parent?.kind === 'member' ? node.parent.key.source : node.parent?.source;
}

function isBlank(text: string): boolean {
  return /^\s*$/.test(text);
}
