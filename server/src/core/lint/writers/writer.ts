import type { ArrayNode, ObjectNode, StringNode, SyntaxName, SyntaxNode } from '../../syntax/nodes';
import type { Container, Element, JsonValue } from '../layout';
import type { Edit } from '../rule';

/** What is put beside another element: a member by its name, or items of a list. */
export type Addition =
  | { readonly name: string; readonly value: JsonValue }
  | { readonly items: readonly JsonValue[] };

/**
 * Writes into documents of one language, so that they read as asked for and look as their neighbours do. Comments and
 * indentation stay. Where that cannot be done, a writer throws `Unwritable`, and then nothing is offered.
 */
export interface Writer {
  /** Replaces a slice of a string's value, `from` and `to` being indexes into it, with plain text. */
  replaceSlice(node: StringNode, from: number, to: number, text: string): Edit;
  replaceValue(node: SyntaxNode, value: JsonValue): Edit;
  /** Writes members into an empty object. */
  fillObject(object: ObjectNode, value: { readonly [name: string]: JsonValue }): Edit;
  /** Makes a list of a value, with more items behind it. */
  wrapInArray(node: SyntaxNode, more: readonly JsonValue[]): readonly Edit[];
  /** Takes the brackets away from the one item of a list; `undefined` where something would be lost. */
  unwrapArray(array: ArrayNode): readonly Edit[] | undefined;
  /** Takes elements out of what holds them all. */
  remove(container: Container, removed: ReadonlySet<Element>): readonly Edit[];
  insertAfter(container: Container, sibling: Element, addition: Addition): Edit;
  insertBefore(container: Container, sibling: Element, addition: Addition): Edit;
  /** Writes into an object or a list that is empty. */
  fillEmpty(container: Container, addition: Addition): Edit;
  /** Puts items, at least one, in the place of one. */
  replaceItem(array: ArrayNode, item: SyntaxNode, values: readonly JsonValue[]): Edit;
  /** Puts the items of a list in another order; `undefined` where comments would lose their place. */
  reorderItems(array: ArrayNode, order: readonly number[]): readonly Edit[] | undefined;
}

/** Thrown by writers for what they cannot write without losing something. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

/**
 * The edits that a function works out; `undefined` where no writer can make them. In YAML edits may come to overlap, as
 * of two slices of a scalar without quotes one may need quotes around all of it; in JSON that is a mistake of ours, which
 * is for the tests to see.
 */
export function ifWritable(syntax: SyntaxName, make: () => readonly Edit[]): readonly Edit[] | undefined {
  try {
    const edits = make();
    return syntax !== 'json' && overlap(edits) ? undefined : edits;
  } catch (error) {
    if (error instanceof Unwritable) {
      return undefined;
    }
    throw error;
  }
}

const OVERLAPPING = new WeakMap<readonly Edit[], boolean>();

/** Looked at once for each list: a fix of all that are alike is offered at each of thousands of findings. */
function overlap(edits: readonly Edit[]): boolean {
  const known = OVERLAPPING.get(edits);
  if (known !== undefined) {
    return known;
  }
  const found = doOverlap(edits);
  OVERLAPPING.set(edits, found);
  return found;
}

function doOverlap(edits: readonly Edit[]): boolean {
  const sorted = edits.length < 2 ? edits : edits.toSorted((a, b) => a.span.start - b.span.start);
  return sorted.some(({ span }, index) => span.start < (sorted[index - 1]?.span.end ?? 0));
}
