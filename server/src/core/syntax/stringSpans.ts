import { firstIndex } from '../pattern/bisect';
import type { ExpressionOf, SourceText, Span, StringNode, SyntaxName } from './nodes';

/**
 * The document span of a slice of a string's value, exact across escapes and across strings in strings.
 *
 * @param from index into `node.value`, UTF-16
 * @param to index into `node.value`, at least `from`; an empty slice gives an empty span
 */
export function spanOfValue(node: StringNode, from: number, to: number): Span {
  const end = from < to ? node.endAt?.(to) : undefined;
  return { start: offsetInDocument(node, from), end: end ?? offsetInDocument(node, to) };
}

/** The document offset at which the value's code unit `index` begins; `value.length` gives the end of the content. */
export function offsetInDocument(node: StringNode, index: number): number {
  return node.offsetAt(index);
}

/** The index into the value that a document offset falls on; see `StringNode.indexAt`. */
export function valueIndexAt(node: StringNode, offset: number): number {
  return node.indexAt(offset);
}

/** The content between the quotes. */
export function contentSpan(node: StringNode): Span {
  return node.content;
}

/** The text of a document as a front end parses it at the top level. */
export function documentSource(text: string, syntax: SyntaxName): SourceText {
  return { syntax, text, offsetAt: (index) => index, encode: (inserted) => inserted };
}

/**
 * The value of a string as a text of its own, for a policy that is written inside a string.
 * Spans found in it are spans of the document, and text inserted into it is escaped once more.
 */
export function nestedSource(node: StringNode, syntax: SyntaxName): SourceText {
  const offsets = node.offsetTable();
  const expressionOf = expressionsOf(node);
  return {
    syntax,
    text: node.value,
    offsetAt: (at) => offsets[Math.min(at, node.value.length)] ?? 0,
    encode: (inserted) => node.encode(inserted),
    within: node,
    ...(node.hasHoles && { hasHoles: true }),
    ...(node.hasDirectives && { hasDirectives: true }),
    ...(node.isPartial && { isPartial: true }),
    ...((node.isReadOnly || node.source.isReadOnly) && { isReadOnly: true }),
    ...(expressionOf && { expressionOf }),
  };
}

/** What tells which variables of a string are expressions. */
export function expressionsOf(node: StringNode): ExpressionOf | undefined {
  return node.expressionOf ?? node.source.expressionOf;
}

/** The index into a text that has a document offset, or the next one: the reverse of `offsetAt`. */
export function indexAt(source: SourceText, offset: number): number {
  return firstIndex(source.text.length, (index) => source.offsetAt(index) >= offset);
}

/** What stands between two indexes of a source, in the document. */
export function spanIn(source: SourceText, start: number, end: number): Span {
  return { start: source.offsetAt(start), end: source.offsetAt(end) };
}
