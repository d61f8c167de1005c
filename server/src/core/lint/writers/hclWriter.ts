import { HclArray, HclFunctionList, HclMember, HclObjectNode } from '../../syntax/hcl/hclNodes';
import { DOCUMENT_DIALECT, HclString } from '../../syntax/hcl/hclStrings';
import { DocumentStatement, PolicyDocument } from '../../syntax/hcl/policyDocument';
import type { ArrayNode, SourceText, SyntaxNode } from '../../syntax/nodes';
import { spanIn, spanOfValue } from '../../syntax/stringSpans';
import {
  type Container,
  type Element,
  elementsOf,
  hasComment,
  indexesOf,
  type JsonValue,
  type Range,
  rangeOf,
  sourceOf,
} from '../layout';
import type { Edit } from '../rule';
import {
  argumentName,
  argumentText,
  deeper,
  elementLines,
  type HclPlace,
  keyText,
  newLine,
  placeAt,
  quotedText,
  statementText,
  valueText,
} from './hclText';
import { type Addition, Unwritable, type Writer } from './writer';

/**
 * Writes HCL: objects and lists as in JSON, but with `=` and line breaks for commas, and statements of Terraform's data
 * source as blocks. What expressions make up is left alone.
 */
export const hclWriter: Writer = {
  replaceSlice(node, from, to, text) {
    if (!(node instanceof HclString) || node.style === 'implied') {
      throw new Unwritable();
    }
    if (node.style !== 'word') {
      mustStandAlone(node);
      return { span: spanOfValue(node, from, to), text: node.encode(text) };
    }
    const whole = node.value.slice(0, from) + text + node.value.slice(to);
    const { parent, source } = node;
    const place = placeAt(source, node.start, node.dialect === DOCUMENT_DIALECT);
    if (parent?.kind !== 'member' || parent.key !== node) {
      return edit(source, node.start, node.end, quotedText(whole, place));
    }
    if (!node.isRenamed) {
      return edit(source, node.start, node.end, keyText(whole, place));
    }
    const argument = parent.parent instanceof DocumentStatement ? argumentName(whole) : undefined;
    const isList = (name: string) => /^(?:Not)?(?:Action|Resource)$/.test(name);
    if (argument === undefined || isList(whole) !== isList(node.value)) {
      throw new Unwritable();
    }
    return edit(source, node.start, node.end, argument);
  },

  replaceValue(node, value) {
    const source = sourceIn(node);
    const { from, to } = rangeOf(source, node);
    const { parent } = node;
    mustBePlain(node);
    const place = placeOf(node, source);
    const text =
      parent?.kind === 'member' && parent.parent instanceof DocumentStatement
        ? argumentText(parent.name, value, place)
        : valueText(value, place);
    return edit(source, from, to, text);
  },

  fillObject(object, value) {
    if (object instanceof DocumentStatement) {
      const place = placeAt(object.source, object.blockStart, true);
      return edit(object.source, object.blockStart, object.end, statementText(value, place));
    }
    return hclWriter.replaceValue(object, value);
  },

  fillEmpty(container, addition) {
    if (container instanceof DocumentStatement && 'name' in addition) {
      return insideDocument(container, addition);
    }
    return hclWriter.replaceValue(
      container,
      'name' in addition ? { [addition.name]: addition.value } : addition.items,
    );
  },

  wrapInArray(node, more) {
    const source = sourceIn(node);
    mustBePlain(node);
    const { from, to } = rangeOf(source, node);
    const place = { ...placeOf(node, source), isOneLine: !source.text.slice(from, to).includes('\n') };
    const items = more.map((item) => `, ${valueText(item, place)}`).join('');
    return [edit(source, from, from, '['), edit(source, to, to, `${items}]`)];
  },

  unwrapArray(array) {
    const [item] = array.items;
    const { parent, source } = array;
    const isArgument = parent?.kind === 'member' && isOfDocument(parent.parent);
    if (
      item === undefined ||
      array.items.length !== 1 ||
      !isTuple(array) ||
      isArgument ||
      hasComment(array)
    ) {
      return undefined;
    }
    const outer = rangeOf(source, array);
    const inner = rangeOf(source, item);
    const text = source.text.slice(inner.from, inner.to);
    // What stands on lines of its own would be moved in too far.
    if (text.includes('\n') && source.text.slice(outer.from + 1, inner.from).includes('\n')) {
      return undefined;
    }
    return [edit(source, outer.from, inner.from, ''), edit(source, inner.to, outer.to, '')];
  },

  remove(container, doomed) {
    const elements = elementsOf(container);
    if (container instanceof HclFunctionList && !container.items.every(isStatementItem)) {
      throw new Unwritable();
    }
    if (
      container instanceof PolicyDocument ||
      container instanceof DocumentStatement ||
      isOfDocument(container)
    ) {
      return removeLines(container, elements, doomed);
    }
    return removeListed(container, elements, doomed);
  },

  insertAfter(container, sibling, addition) {
    return insert(container, sibling, addition, 'after');
  },

  insertBefore(container, sibling, addition) {
    return insert(container, sibling, addition, 'before');
  },

  replaceItem(array, item, values) {
    const { source } = array;
    mustBeTuple(array);
    mustBePlain(item);
    const { from, to } = rangeOf(source, item);
    const place = placeAt(source, from, isInDocument(array));
    const separator = isFirstOnLine(source.text, from) ? `,${newLine(place)}` : ', ';
    return edit(source, from, to, values.map((value) => valueText(value, place)).join(separator));
  },

  reorderItems(array, order) {
    const { items, source } = array;
    const texts = items.map((item) => textOf(source, rangeOf(source, item)));
    if (!isTuple(array) || hasComment(array) || texts.some((text) => text.includes('\n'))) {
      return undefined;
    }
    const moved = order.flatMap((index, place): readonly Edit[] => {
      const here = items[place];
      const wanted = texts[index];
      return here === undefined || wanted === undefined || wanted === texts[place]
        ? []
        : [{ span: here.span, text: source.encode(wanted) }];
    });
    const rest = new Set<Element>(items.slice(order.length));
    return rest.size === 0 ? moved : [...moved, ...hclWriter.remove(array, rest)];
  },

  removeText({ source }, span) {
    const { from, to } = wholeLines(source.text, span.start, span.end);
    return edit(source, from, to, '');
  },
};

function edit(source: SourceText, from: number, to: number, text: string): Edit {
  return { span: spanIn(source, from, to), text: source.encode(text) };
}

function sourceIn(node: SyntaxNode): SourceText {
  const source = sourceOf(node);
  if (source === undefined) {
    throw new Unwritable();
  }
  return source;
}

/** A list in brackets, and no other that is made up of items. */
function isTuple(node: SyntaxNode): node is HclArray {
  return node instanceof HclArray && node.source.text.charAt(node.start) === '[' && !isFor(node);
}

function isFor({ source, start }: HclArray): boolean {
  return /^\[\s*for\s/.test(source.text.slice(start, start + 200));
}

function mustBeTuple(array: ArrayNode): void {
  if (!isTuple(array)) {
    throw new Unwritable();
  }
}

/** Only what stands in the text as it is can be replaced: no list of blocks, and nothing that blocks make together. */
function mustBePlain(node: SyntaxNode): void {
  const isMade =
    node instanceof PolicyDocument ||
    node instanceof DocumentStatement ||
    node instanceof HclFunctionList ||
    (node instanceof HclObjectNode && node.source.text.charAt(node.start) !== '{') ||
    (node instanceof HclArray && !isTuple(node)) ||
    (node instanceof HclString && node.style === 'implied') ||
    (node.parent?.kind === 'member' && node.parent.parent instanceof HclObjectNode && isOfDocument(node));
  if (isMade) {
    throw new Unwritable();
  }
}

/** Whether an object is what blocks of the data source make: its members come of blocks. */
function isOfDocument(node: SyntaxNode): boolean {
  return node.kind === 'object' && (node instanceof DocumentStatement || node.members.some(comesOfBlocks));
}

function comesOfBlocks(member: Element): boolean {
  return member instanceof HclMember && member.blocks !== undefined;
}

/** Whether a node stands in the data source. */
function isInDocument(node: SyntaxNode): boolean {
  for (let current: SyntaxNode | undefined = node; current !== undefined; ) {
    if (current instanceof PolicyDocument) {
      return true;
    }
    const { parent }: SyntaxNode = current;
    current = parent?.kind === 'member' ? parent.parent : parent;
  }
  return false;
}

/** The operator of several conditions, or the type of several blocks, stands in each of them. */
function mustStandAlone(node: HclString): void {
  const { parent } = node;
  if (parent instanceof HclMember && parent.key === node && (parent.blocks?.length ?? 1) > 1) {
    throw new Unwritable();
  }
}

/** Where a value stands: as far in as its line. */
function placeOf(node: SyntaxNode, source: SourceText): HclPlace {
  const { parent } = node;
  const { from } = rangeOf(source, parent?.kind === 'member' ? parent : node);
  const container = parent?.kind === 'member' ? parent.parent : parent;
  const isOneLine =
    container !== undefined && !(container instanceof DocumentStatement) && !hasLines(source, container);
  return { ...placeAt(source, from, isInDocument(node)), isOneLine };
}

/** Whether what a container holds goes over lines. */
function hasLines(source: SourceText, container: Container): boolean {
  return textOf(source, rangeOf(source, container)).includes('\n');
}

function textOf({ text }: SourceText, { from, to }: Range): string {
  return text.slice(from, to);
}

function isFirstOnLine(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

/** The blanks and the comment behind an element on its line, with a comma in front, up to the line break. */
function restOfLine(text: string, at: number): string | undefined {
  return /^[ \t]*(?:,[ \t]*)?(?:(?:#|\/\/)[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(at, lineEnd(text, at)))?.[0];
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : text.charCodeAt(end - 1) === 0x0d && end > at ? end - 1 : end;
}

/** The lines of a stretch, where nothing else stands on them. */
function wholeLines(text: string, from: number, to: number): Range {
  const rest = restOfLine(text, to);
  if (rest === undefined || !isFirstOnLine(text, from)) {
    return { from, to };
  }
  const end = to + rest.length;
  const lineBreak = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { from: text.lastIndexOf('\n', from - 1) + 1, to: end + lineBreak };
}

/** The stretches of text that an element of the data source is: its line, or its blocks. */
function partsOf(source: SourceText, element: Element): readonly Range[] {
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

function removeLines(
  container: Container,
  elements: readonly Element[],
  doomed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  return indexesOf(elements, doomed)
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

function isStatementItem(node: SyntaxNode): boolean {
  return node instanceof DocumentStatement || node.kind === 'object';
}

function removeListed(
  container: Container,
  elements: readonly Element[],
  doomed: ReadonlySet<Element>,
): readonly Edit[] {
  const { source } = container;
  if (container.kind === 'array' ? container instanceof HclFunctionList : !isBraced(container)) {
    return removeLines(container, elements, doomed);
  }
  if (container.kind === 'array') {
    mustBeTuple(container);
  }
  const { text } = source;
  const rangeAt = (index: number): Range | undefined => {
    const element = elements[index];
    return element && rangeOf(source, element);
  };
  const isDoomed = (index: number): boolean => {
    const element = elements[index];
    return element !== undefined && doomed.has(element);
  };
  const going = indexesOf(elements, doomed);
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
    const between = next === undefined ? undefined : text.slice(to, next.from);
    if (next !== undefined && between !== undefined && /^\s*,[ \t]*$/.test(between)) {
      return [edit(source, from, next.from, '')];
    }
    // The last one goes with the comma in front of it, up to what stays.
    let before = index - 1;
    while (before >= 0 && isDoomed(before)) {
      before -= 1;
    }
    const kept = rangeAt(before);
    const isNextTo = before === index - 1;
    const start = isNextTo ? kept?.to : from;
    if (next !== undefined || start === undefined || !/^\s*(?:,\s*)?$/.test(text.slice(start, from))) {
      return unwritable();
    }
    const comma = kept === undefined || isNextTo ? undefined : text.indexOf(',', kept.to);
    return [
      edit(source, start, to, ''),
      ...(comma === undefined || comma < 0 || comma >= from ? [] : [edit(source, comma, comma + 1, '')]),
    ];
  });
}

function isBraced(container: Container): boolean {
  return container.source.text.charAt(rangeOf(container.source, container).from) === '{';
}

function unwritable(): never {
  throw new Unwritable();
}

function insert(container: Container, sibling: Element, addition: Addition, where: 'before' | 'after'): Edit {
  if (container instanceof DocumentStatement || container instanceof PolicyDocument) {
    if (!('name' in addition)) {
      throw new Unwritable();
    }
    return sibling instanceof HclMember && sibling.isImplied
      ? insideDocument(container, addition)
      : besideLines(container, sibling, where, (place) => elementLines(addition.name, addition.value, place));
  }
  if (container instanceof HclFunctionList) {
    if ('name' in addition || !(sibling instanceof DocumentStatement)) {
      throw new Unwritable();
    }
    return besideLines(container, sibling, where, (place) =>
      addition.items.map((item) => statementText(item, place)).join(place.lineBreak + newLine(place)),
    );
  }
  if (container.kind === 'array') {
    mustBeTuple(container);
  } else if (!isBraced(container) || isOfDocument(container)) {
    throw new Unwritable();
  }
  return besideListed(container, sibling, addition, where);
}

/** As the first thing in the braces of a block. */
function insideDocument(
  container: DocumentStatement | PolicyDocument,
  { name, value }: Extract<Addition, { name: string }>,
): Edit {
  const { source, start } = container;
  const place = deeper(placeAt(source, start, true));
  const isEmpty = /^\{[ \t]*\}/.test(source.text.slice(start));
  const end = isEmpty ? newLine(placeAt(source, start, true)) : '';
  return edit(source, start + 1, start + 1, `${newLine(place)}${elementLines(name, value, place)}${end}`);
}

function besideLines(
  container: Container,
  sibling: Element,
  where: 'before' | 'after',
  write: (place: HclPlace) => string,
): Edit {
  const { source } = container;
  const { text } = source;
  const parts = partsOf(source, sibling);
  const part = where === 'before' ? parts[0] : parts.at(-1);
  if (part === undefined || !isFirstOnLine(text, part.from)) {
    throw new Unwritable();
  }
  const place = placeAt(source, part.from, true);
  // Blocks have a blank line between them.
  const gap = sibling instanceof DocumentStatement ? place.lineBreak : '';
  if (where === 'before') {
    return edit(source, part.from, part.from, `${write(place)}${gap}${newLine(place)}`);
  }
  const rest = restOfLine(text, part.to);
  if (rest === undefined) {
    throw new Unwritable();
  }
  const at = part.to + rest.length;
  return edit(source, at, at, `${gap}${newLine(place)}${write(place)}`);
}

function besideListed(
  container: Container,
  sibling: Element,
  addition: Addition,
  where: 'before' | 'after',
): Edit {
  const { source } = container;
  const { text } = source;
  const { from, to } = rangeOf(source, sibling);
  const hasOwnLine = isFirstOnLine(text, from);
  const place = {
    ...placeAt(source, from, isInDocument(container)),
    isOneLine: !hasOwnLine && !hasLines(source, container),
  };
  const written =
    'name' in addition
      ? memberText(container, sibling, addition, place)
      : addition.items.map((item) => valueText(item, place)).join(hasOwnLine ? `,${newLine(place)}` : ', ');
  const needsComma = container.kind === 'array' || !hasOwnLine || usesCommas(container);
  const comma = needsComma ? ',' : '';
  const separator = hasOwnLine ? newLine(place) : ' ';
  if (where === 'before') {
    return edit(source, from, from, `${written}${comma}${separator}`);
  }
  const hasComma = /^[ \t]*,/.exec(text.slice(to, lineEnd(text, to)))?.[0].length ?? 0;
  if (!hasOwnLine) {
    const at = to + hasComma;
    return edit(source, at, at, `${hasComma > 0 ? '' : ','} ${written}${hasComma > 0 ? ',' : ''}`);
  }
  const rest = restOfLine(text, to);
  if (rest === undefined) {
    throw new Unwritable();
  }
  if (hasComma > 0) {
    const at = to + rest.length;
    return edit(source, at, at, `${separator}${written},`);
  }
  return edit(source, to, to + rest.length, `${comma}${rest}${separator}${written}`);
}

/** A member of an object, its `=` below that of its neighbour where both are on one line. */
function memberText(
  container: Container,
  sibling: Element,
  { name, value }: { readonly name: string; readonly value: JsonValue },
  place: HclPlace,
): string {
  const key = keyText(name, place);
  const text = valueText(value, place);
  if (place.isOneLine || text.includes('\n') || sibling.kind !== 'member') {
    return `${key} ${markOf(container)} ${text}`;
  }
  const { source } = container;
  const { from, to } = rangeOf(source, sibling);
  const neighbour = textOf(source, { from, to });
  const lead = neighbour.includes('\n') ? 0 : (/^[^=\n]*?(?=\s?=)/.exec(neighbour)?.[0].length ?? 0);
  return `${key.padEnd(lead)} ${markOf(container)} ${text}`;
}

/** `=`, or `:` where all neighbours have that. */
function markOf(container: Container): '=' | ':' {
  const { source } = container;
  const marks =
    container.kind === 'object'
      ? container.members.map(({ key }) =>
          /^\s*[=:]/.exec(source.text.slice(rangeOf(source, key).to).slice(0, 100))?.[0].trim(),
        )
      : [];
  return marks.length > 0 && marks.every((mark) => mark === ':') ? ':' : '=';
}

/** Whether members of an object on lines of their own have commas between them. */
function usesCommas(container: Container): boolean {
  const [first, second] = elementsOf(container);
  const { source } = container;
  return (
    first !== undefined &&
    second !== undefined &&
    source.text.slice(rangeOf(source, first).to, rangeOf(source, second).from).includes(',')
  );
}
