import { rememberOf } from '../pattern/memo';
import type { ArrayNode, MemberNode, ObjectNode, SourceText, SyntaxNode } from '../syntax/nodes';
import { indexAt } from '../syntax/stringSpans';

/**
 * How the JSON of a policy lies in its text: where elements, commas and comments stand, how lines are broken and moved in,
 * and how more of it is written likewise.
 */

/** What can be written into a policy. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export type Container = ObjectNode | ArrayNode;
export type Element = MemberNode | SyntaxNode;

/** Half-open indexes into the text that the front end parsed, which for a policy in a string is not the document. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Between the brackets, or up to the end of what has been typed. */
export function insideOf(container: Container): Range {
  const { from, to } = rangeOf(container.source, container);
  return { from: from + 1, to: container.closed ? to - 1 : to };
}

/** Where an element is in its source, in indexes and not in offsets of the document. */
export function rangeOf(source: SourceText, element: Element): Range {
  return { from: indexAt(source, element.span.start), to: indexAt(source, element.span.end) };
}

/** Scalars do not know their text; what holds them does. */
export function sourceOf(node: SyntaxNode): SourceText | undefined {
  if (node.kind === 'string' || node.kind === 'object' || node.kind === 'array') {
    return node.source;
  }
  return node.parent?.kind === 'member' ? node.parent.key.source : node.parent?.source;
}

/** A comment that ends the line of an element or of its comma speaks of it, so it stays on that line. */
export function remarkAt(text: string, at: number, layout: Layout): string {
  if (!layout.separator.includes('\n')) {
    return '';
  }
  const remark = /^[ \t]*(?:\/\/[^\r\n]*(?=[\r\n])|\/\*(?:[^*\r\n]|\*(?!\/))*\*\/(?=[ \t]*[\r\n]))/;
  return remark.exec(text.slice(at))?.[0] ?? '';
}

/** The members of an object, or the items of a list. */
export function elementsOf(container: Container): readonly Element[] {
  return container.kind === 'object' ? container.members : container.items;
}

/**
 * The indexes of some of the elements of a container, in order. Of a long list few go, and for each of them there may be an
 * edit of its own: only these are looked at.
 */
export function indexesOf(elements: readonly Element[], some: Iterable<Element>): readonly number[] {
  let indexes = indexesIn.get(elements);
  if (indexes === undefined) {
    indexes = new Map(elements.map((element, index) => [element, index]));
    indexesIn.set(elements, indexes);
  }
  return [...some].flatMap((element) => indexes.get(element) ?? []).sort((a, b) => a - b);
}

/** Elements of an immutable tree, which hand out the same list each time. */
const indexesIn = new WeakMap<readonly Element[], ReadonlyMap<Element, number>>();

/**
 * The range with the blanks that it leaves behind: its lines where nothing else stands on them, otherwise the blanks
 * after it. A comment behind it on the same line goes with it, since that speaks of it; others stay.
 */
export function wholeLines(text: string, from: number, to: number, inside: Range): Range {
  const rest = text.slice(to, inside.to);
  const lineRest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?(\r?\n)/.exec(rest);
  const lead = blanksBefore(text, from);
  if (lineRest !== null && (lead === 0 || /[\r\n]/.test(text.charAt(lead - 1)))) {
    return { from: lead, to: to + lineRest[0].length };
  }
  return { from, to: to + (/^[ \t]*/.exec(rest)?.[0].length ?? 0) };
}

/** Where the blanks in front of an index begin. */
function blanksBefore(text: string, index: number): number {
  let at = index;
  while (text.charAt(at - 1) === ' ' || text.charAt(at - 1) === '\t') {
    at -= 1;
  }
  return at;
}

/** The comma between two elements, comments aside. */
export function commaAfter(text: string, from: number, to: number): number | undefined {
  // Each piece is taken whole, by a look ahead: a comment given back in part would lend its commas.
  const gap = /^(?:(?=(\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/))\1)*,/.exec(text.slice(from, to));
  return gap === null ? undefined : from + gap[0].length - 1;
}

/** Whether comments stand in what a list or an object holds, at any depth. */
export const hasComment = rememberOf((container: ArrayNode | ObjectNode): boolean => {
  const { from, to } = rangeOf(container.source, container);
  const { syntax } = container.source;
  const tokens =
    syntax === 'yaml' ? YAML_STRING_OR_COMMENT : syntax === 'hcl' ? HCL_STRING_OR_COMMENT : STRING_OR_COMMENT;
  for (const [token] of container.source.text.slice(from, to).matchAll(tokens)) {
    if (token.startsWith('/') || token.startsWith('#')) {
      return true;
    }
  }
  return false;
});

const STRING_OR_COMMENT = /"(?:[^"\\\r\n]|\\.)*"?|\/[/*]/g;

const HCL_STRING_OR_COMMENT = /"(?:[^"\\\r\n]|\\.)*"?|\/[/*]|#/g;

/** Quotes open a string only where a value may begin, and a comment has a blank before it. */
const YAML_STRING_OR_COMMENT = /(?<=[\s[{,:])"(?:[^"\\]|\\.)*"?|(?<=[\s[{,:])'(?:[^']|'')*'?|(?<=^|\s)#/g;

/**
 * For each item of a list with comments the text that goes with it: the lines above with itself, and the comment that
 * ends its line. `undefined` unless each item has lines of its own, for a comment may end only a line.
 */
export function commentedSlots(array: ArrayNode): readonly (readonly [Range, Range])[] | undefined {
  const { source, items } = array;
  const { text } = source;
  const inside = insideOf(array);
  const ranges = items.map((item) => rangeOf(source, item));
  const slots: (readonly [Range, Range])[] = [];
  const ownLine = { separator: '\n', indentation: '' };
  let at = inside.from + remarkAt(text, inside.from, ownLine).length;
  for (const [index, { to }] of ranges.entries()) {
    const following = ranges[index + 1]?.from;
    const comma = commaAfter(text, to, inside.to);
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

/** How what is inserted is laid out: the blanks before it, and the further indentation of what is inside it. */
export interface Layout {
  /** A line break and the indentation, or spaces; nothing at all in a minified text, which stays minified. */
  readonly separator: string;
  readonly indentation: string;
}

export const ON_ONE_LINE: Layout = { separator: ' ', indentation: '  ' };

export const MINIFIED: Layout = { separator: '', indentation: '' };

/** Whether JSON holds no blank: the innermost of what is around a place that has commas or colons tells. */
export function isMinified(container: Container): boolean {
  for (let around: Container | undefined = container; around !== undefined; around = containerOf(around)) {
    const { from, to } = rangeOf(around.source, around);
    const marks = around.source.text.slice(from, to).replaceAll(/"(?:[^"\\\r\n]|\\.)*"?/g, '');
    if (/[,:]/.test(marks)) {
      return around.source.syntax !== 'yaml' && !/\s/.test(marks);
    }
  }
  return false;
}

function containerOf({ parent }: SyntaxNode): Container | undefined {
  return parent?.kind === 'member' ? parent.parent : parent;
}

/** A sibling shows the layout: one that stands on a line of its own asks for another such line. */
export function layoutOf(container: Container, sibling: Range): Layout {
  const { source } = container;
  const before = source.text.slice(0, sibling.from);
  const blanks = blanksBefore(before, before.length);
  const isOnOwnLine = before.charAt(blanks - 1) === '\n';
  const lineBreak = isOnOwnLine ? (before.charAt(blanks - 2) === '\r' ? 2 : 1) : 0;
  const separator = before.slice(blanks - lineBreak);
  if (!separator.includes('\n')) {
    return separator === '' && isMinified(container)
      ? MINIFIED
      : { separator: separator === '' ? ' ' : separator, indentation: '  ' };
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
export function layoutAround(node: SyntaxNode): Layout | undefined {
  const { parent } = node;
  if (parent === undefined) {
    return undefined;
  }
  const container = parent.kind === 'member' ? parent.parent : parent;
  return layoutOf(container, rangeOf(container.source, parent.kind === 'member' ? parent : node));
}

/** A member of JSON as the layout has it. */
export function memberText(name: string, value: JsonValue, layout: Layout): string {
  const colon = layout.separator === '' ? ':' : ': ';
  return `${JSON.stringify(name)}${colon}${jsonText(value, layout)}`;
}

/** Items of JSON with the commas between them. */
export function itemsText(values: readonly JsonValue[], layout: Layout): string {
  return values.map((value) => jsonText(value, layout)).join(`,${layout.separator}`);
}

/** An object goes over several lines where its neighbours have lines of their own. */
export function jsonText(value: JsonValue, layout: Layout): string {
  if (layout.separator === '') {
    return JSON.stringify(value);
  }
  const multiline = layout.separator.includes('\n');
  if (!multiline || typeof value !== 'object' || value === null) {
    return onOneLine(value);
  }
  return JSON.stringify(value, undefined, layout.indentation).replaceAll('\n', layout.separator);
}

/** A value as JSON on one line, with blanks where people write them. */
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
      return node.call === undefined ? node.value : plainValue(node.call);
    case 'number':
    case 'boolean':
      return node.value;
    default:
      return null;
  }
}

/** Whether `plainValue` loses nothing: no name stands twice, and nothing is missing or unknown. */
export function isCopyable(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'object':
      return (
        !hasNameTwice(node) && node.members.every(({ value }) => value !== undefined && isCopyable(value))
      );
    case 'array':
      return node.items.every(isCopyable);
    default:
      return node.kind !== 'opaque';
  }
}

/** Whether an object names two of its members alike, of which `plainValue` has the last. */
function hasNameTwice({ members }: ObjectNode): boolean {
  return new Set(members.map(({ name }) => name)).size < members.length;
}

/** Whether `plainValue` has a value for each name that stands in a node. */
export function hasEachName(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'object':
      return (
        !hasNameTwice(node) && node.members.every(({ value }) => value === undefined || hasEachName(value))
      );
    case 'array':
      return node.items.every(hasEachName);
    default:
      return true;
  }
}

/** Where the line of an index begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of an index ends, in front of its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) {
    return text.length;
  }
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** Whether a text has nothing but white space. */
export function isBlank(text: string): boolean {
  return /^\s*$/.test(text);
}
