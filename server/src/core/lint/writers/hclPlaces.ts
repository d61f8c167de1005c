import { HclArray, HclBlockBody, HclFunctionList, HclMember, HclObjectNode } from '../../syntax/hcl/hclNodes';
import { HclString } from '../../syntax/hcl/hclStrings';
import { DocumentStatement, PolicyDocument } from '../../syntax/hcl/policyDocument';
import type { ArrayNode, SourceText, SyntaxNode } from '../../syntax/nodes';
import { spanIn } from '../../syntax/stringSpans';
import { type Container, type Element, lineEnd, lineStart, type Range, rangeOf, sourceOf } from '../layout';
import type { Edit } from '../rule';
import { type HclPlace, placeAt } from './hclText';
import { Unwritable } from './writer';

/** Where things stand in HCL, and what may be written there. */

/** An edit of a stretch of text, which the source writes as it has to be where it stands. */
export function edit(source: SourceText, from: number, to: number, text: string): Edit {
  return { span: spanIn(source, from, to), text: source.encode(text) };
}

/** The text that a node stands in; what stands in none cannot be written. */
export function sourceIn(node: SyntaxNode): SourceText {
  const source = sourceOf(node);
  if (source === undefined) {
    throw new Unwritable();
  }
  return source;
}

/** A list in brackets, and no other that is made up of items. */
export function isTuple(node: SyntaxNode): node is HclArray {
  return node instanceof HclArray && node.source.text.charAt(node.start) === '[' && !isFor(node);
}

function isFor({ source, start }: HclArray): boolean {
  return /^\[\s*for\s/.test(source.text.slice(start, start + 200));
}

/** Throws for a list that cannot be changed item by item. */
export function mustBeTuple(array: ArrayNode): void {
  if (!isTuple(array)) {
    throw new Unwritable();
  }
}

/** Only what stands in the text as it is can be replaced: no list of blocks, and nothing that blocks make together. */
export function mustBePlain(node: SyntaxNode): void {
  const isMade =
    node instanceof PolicyDocument ||
    node instanceof HclFunctionList ||
    node instanceof HclBlockBody ||
    (node instanceof HclObjectNode && node.source.text.charAt(node.start) !== '{') ||
    (node instanceof HclArray && !isTuple(node)) ||
    (node instanceof HclString && node.style === 'implied') ||
    isOfDocument(node);
  if (isMade) {
    throw new Unwritable();
  }
}

/** Whether an object is what blocks of the data source make: its members come of blocks. */
export function isOfDocument(node: SyntaxNode): boolean {
  return node.kind === 'object' && (node instanceof DocumentStatement || node.members.some(comesOfBlocks));
}

function comesOfBlocks(member: Element): boolean {
  return member instanceof HclMember && member.blocks !== undefined;
}

/** Whether a node stands in the data source. */
export function isInDocument(node: SyntaxNode): boolean {
  for (let current: SyntaxNode | undefined = node; current !== undefined; ) {
    if (current instanceof PolicyDocument) {
      return true;
    }
    const { parent }: SyntaxNode = current;
    current = parent?.kind === 'member' ? parent.parent : parent;
  }
  return false;
}

/** Where a value stands: as far in as its line. */
export function placeOf(node: SyntaxNode, source: SourceText): HclPlace {
  const { parent } = node;
  const { from } = rangeOf(source, parent?.kind === 'member' ? parent : node);
  const container = parent?.kind === 'member' ? parent.parent : parent;
  const isOneLine = container !== undefined && !hasLines(source, container);
  return { ...placeAt(source, from, isInDocument(node)), isOneLine };
}

/** Whether what a container holds goes over lines. */
export function hasLines(source: SourceText, container: Container): boolean {
  return textOf(source, rangeOf(source, container)).includes('\n');
}

/** The text of a range. */
export function textOf({ text }: SourceText, { from, to }: Range): string {
  return text.slice(from, to);
}

/** Whether nothing but blanks is in front of an offset on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** The blanks and the comment behind an element on its line, with a comma in front, up to the line break. */
export function restOfLine(text: string, at: number): string | undefined {
  return /^[ \t]*(?:,[ \t]*)?(?:(?:#|\/\/)[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(at, lineEnd(text, at)))?.[0];
}

/** The lines of a stretch, where nothing else stands on them. */
export function wholeLines(text: string, from: number, to: number): Range {
  const rest = restOfLine(text, to);
  if (rest === undefined || !isFirstOnLine(text, from)) {
    return { from, to };
  }
  const end = to + rest.length;
  const lineBreak = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { from: lineStart(text, from), to: end + lineBreak };
}

/** The stretches of text that an element of the data source is: its line, or its blocks. */
export function partsOf(source: SourceText, element: Element): readonly Range[] {
  if (element instanceof HclMember && element.blocks !== undefined) {
    return element.blocks.map(({ start, end }) => ({ from: start, to: end }));
  }
  if (element instanceof DocumentStatement) {
    return [{ from: element.blockStart, to: element.end }];
  }
  if (element instanceof HclMember && element.isImplied) {
    throw new Unwritable();
  }
  return [rangeOf(source, element)];
}

/** Whether a container has braces of its own. */
export function isBraced(container: Container): boolean {
  return container.source.text.charAt(rangeOf(container.source, container).from) === '{';
}

/** What cannot be written, as an expression. */
export function unwritable(): never {
  throw new Unwritable();
}
