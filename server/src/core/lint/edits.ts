import {
  type ArrayNode,
  type MemberNode,
  type ObjectNode,
  placesOf,
  type SourceText,
  type Span,
  type StringNode,
  type SyntaxNode,
} from '../syntax/nodes';
import { type Element, indexesOf, type JsonValue, sourceOf } from './layout';
import type { Edit } from './rule';
import { hclWriter } from './writers/hclWriter';
import { jsonWriter, removeComment as removeJsonComment } from './writers/jsonWriter';
import { programWriter } from './writers/programWriter';
import { Unwritable, type Writer } from './writers/writer';
import { yamlWriter } from './writers/yamlWriter';

/**
 * Edits of a policy's text, for fixes, in whatever language it is written. They work in document offsets, escape what
 * they insert for the place where it goes, also inside a policy that is itself a string, and leave comments and
 * indentation as they are.
 *
 * Edits made one by one may overlap: to take several items out of a list at once use `removeItems`. Where the language's
 * writer cannot write something it throws `Unwritable`; whoever offers edits asks with `ifWritable`.
 */

const WRITERS: Readonly<Record<SourceText['syntax'], Writer>> = {
  json: jsonWriter,
  yaml: yamlWriter,
  hcl: hclWriter,
  program: programWriter,
  markdown: programWriter,
};

function writerOf({ source }: { readonly source: SourceText }): Writer {
  if (source.isReadOnly) {
    throw new Unwritable();
  }
  // What stands between directives would be lost in anything written anew around it.
  return source.isTemplate || source.hasDirectives || source.hasHoles
    ? programWriter
    : WRITERS[source.syntax];
}

function writerFor(node: SyntaxNode): Writer {
  const source = sourceOf(node);
  return source === undefined ? jsonWriter : writerOf({ source });
}

/** Replaces a slice of a string's value, `from` and `to` being indexes into it, with plain text. */
export function replaceValueSlice(node: StringNode, from: number, to: number, text: string): Edit {
  // A name that several blocks have in common is no longer one when it changes in one of them.
  if (placesOf(node).length > 1) {
    throw new Unwritable();
  }
  return replaceSliceHere(node, from, to, text);
}

function replaceSliceHere(node: StringNode, from: number, to: number, text: string): Edit {
  if (node.writtenSlice === undefined) {
    return writerOf(node).replaceSlice(node, from, to, text);
  }
  const written = node.writtenSlice(from, to);
  if (written === undefined) {
    throw new Unwritable();
  }
  return replaceValueSlice(written.node, written.from, written.to, written.escaped(text));
}

/** Replaces all of a string's value with plain text; the quotes stay. */
export function replaceString(node: StringNode, text: string): Edit {
  return replaceValueSlice(node, 0, node.value.length, text);
}

/** Gives a member another name, wherever it is written; its quotes stay. */
export function renameKey({ key }: MemberNode, name: string): readonly Edit[] {
  return placesOf(key).map((place) => replaceSliceHere(place, 0, place.value.length, name));
}

/** Replaces a value, of whatever kind, by another, over several lines where its place has lines of its own. */
export function replaceValue(node: SyntaxNode, value: JsonValue): Edit {
  return writerFor(node).replaceValue(node, value);
}

/** Writes members into an empty object; comments in it stay, behind them. */
export function fillObject(object: ObjectNode, value: { readonly [name: string]: JsonValue }): Edit {
  return writerOf(object).fillObject(object, value);
}

/** Makes a list of a value, with more items behind it. Lines of the value move in by one step. */
export function wrapInArray(node: SyntaxNode, more: readonly JsonValue[] = []): readonly Edit[] {
  return writerFor(node).wrapInArray(node, more);
}

/** Takes a member out of its object, with its line if it has that to itself. */
export function removeMember(member: MemberNode): readonly Edit[] {
  return removeMembers(member.parent, [member]);
}

/** As `removeMember`, for several members of one object at once. */
export function removeMembers(object: ObjectNode, members: readonly MemberNode[]): readonly Edit[] {
  return writerOf(object).remove(object, new Set(members));
}

/** Takes an item out of a list, with its line if it has that to itself. */
export function removeItem(array: ArrayNode, index: number): readonly Edit[] {
  return removeItems(array, [index]);
}

/** As `removeItem`, for several items at once. */
export function removeItems(array: ArrayNode, indexes: readonly number[]): readonly Edit[] {
  if (array.parent?.kind === 'member' && array.parent.name === 'Fn::If') {
    // It takes a condition and two branches, no less.
    throw new Unwritable();
  }
  const removed = new Set<Element>(indexes.flatMap((index) => array.items[index] ?? []));
  return writerOf(array).remove(array, removed);
}

/** Takes a value out of what holds it: an item out of its list, or a member's value together with the member. */
export function removeValue(node: SyntaxNode): readonly Edit[] {
  const { parent } = node;
  if (parent === undefined) {
    return [];
  }
  return parent.kind === 'member' ? removeMember(parent) : removeItem(parent, indexIn(parent, node));
}

/** A string that a function gives lies where the function does. */
function indexIn({ items }: ArrayNode, node: SyntaxNode): number {
  const [index] = indexesOf(items, [node]);
  return index ?? items.findIndex(({ span }) => span.start === node.span.start);
}

/** Takes out a comment, which is a fault in JSON alone, with its line if it has that to itself. */
export function removeComment(source: SourceText, span: Span): Edit {
  if (writerOf({ source }) !== jsonWriter) {
    throw new Unwritable();
  }
  return removeJsonComment(source, span);
}

/** Adds a member behind another, laid out as that one is. */
export function insertMemberAfter(member: MemberNode, name: string, value: JsonValue): Edit {
  return writerOf(member.parent).insertAfter(member.parent, member, { name, value });
}

/** Adds a member in front of another, laid out as that one is. */
export function insertMemberBefore(member: MemberNode, name: string, value: JsonValue): Edit {
  return writerOf(member.parent).insertBefore(member.parent, member, { name, value });
}

/** Adds a member at the end of an object, which may be empty. */
export function appendMember(object: ObjectNode, name: string, value: JsonValue): Edit {
  const last = object.members.at(-1);
  return last === undefined
    ? writerOf(object).fillEmpty(object, { name, value })
    : insertMemberAfter(last, name, value);
}

/** Adds an item at the end of a list, which may be empty. */
export function appendItem(array: ArrayNode, value: JsonValue): Edit {
  const last = array.items.at(-1);
  return last === undefined
    ? writerOf(array).fillEmpty(array, { items: [value] })
    : insertItemsAfter(array, last, [value]);
}

/** Adds an item behind the one at `index`, and behind the comment that ends its line. */
export function insertItemAfter(array: ArrayNode, index: number, value: JsonValue): Edit {
  const item = array.items[index];
  return item === undefined ? appendItem(array, value) : insertItemsAfter(array, item, [value]);
}

/** Adds items, at least one, behind an item of the list, and behind the comment that ends its line. */
export function insertItemsAfter(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit {
  return writerOf(array).insertAfter(array, item, { items: values });
}

/** Puts items, at least one, in the place of one. Comments around it stay. */
export function replaceItem(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit {
  return writerOf(array).replaceItem(array, item, values);
}

/**
 * Takes the brackets away from the one item of a list: the reverse of `wrapInArray`. `undefined` where there is not
 * exactly one item, where a comment would lose its place, or where the language's writer cannot.
 */
export function unwrapArray(array: ArrayNode): readonly Edit[] | undefined {
  return ifSomeWriter(() => writerOf(array).unwrapArray(array));
}

/**
 * Puts the items of a list in another order; those that `order` leaves out go. `order` has the index of the item that
 * is to stand at each place. Comments above an item and at the end of its line go with it. `undefined` where that
 * cannot be: comments between items on one line, comments of items that go, or no writer that can.
 */
export function reorderItems(array: ArrayNode, order: readonly number[]): readonly Edit[] | undefined {
  return ifSomeWriter(() => writerOf(array).reorderItems(array, order));
}

/** For edits that are computed to see whether there are any: a language without a writer has none. */
function ifSomeWriter(make: () => readonly Edit[] | undefined): readonly Edit[] | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unwritable) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The text after the edits. They may stand in any order, and must not overlap; of several insertions at one place the last
 * comes first.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const inOrder = edits
    .map(({ span, text: inserted }, index) => ({ ...span, inserted, index }))
    .sort((a, b) => a.start - b.start || a.end - b.end || b.index - a.index);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, inserted } of inOrder) {
    pieces.push(text.slice(at, start), inserted);
    at = Math.max(at, end);
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
