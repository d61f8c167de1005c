import { rememberOf } from '../../pattern/memo';
import type { ArrayNode, MemberNode, SyntaxNode } from '../../syntax/nodes';
import { spanOfValue } from '../../syntax/stringSpans';
import { isAlias, YamlArray, YamlObject } from '../../syntax/yaml/yamlNodes';
import { isPlainSafe } from '../../syntax/yaml/yamlScalars';
import { YamlString } from '../../syntax/yaml/yamlStrings';
import { type Container, type Element, elementsOf, indexesOf, lineEnd, lineStart } from '../layout';
import type { Edit } from '../rule';
import { jsonWriter } from './jsonWriter';
import { type Addition, Unwritable, type Writer } from './writer';
import {
  columnAt,
  containerOf,
  flowText,
  isBlock,
  isInFlow,
  itemsLines,
  itemText,
  memberLines,
  newLine,
  quoted,
  styleAround,
  valueLines,
  type YamlStyle,
} from './yamlText';

/**
 * Writes YAML without a look at what aliases name. Block collections are written line by line; what stands in brackets is
 * nearly JSON and written as such. What a comment would get lost in is left alone.
 */
export const yamlLines: Writer = {
  replaceSlice(node, from, to, text) {
    if (!(node instanceof YamlString)) {
      return { span: spanOfValue(node, from, to), text: node.encode(text) };
    }
    const value = node.value.slice(0, from) + text + node.value.slice(to);
    // The line break at the end of a block comes of its header, and nothing that could be taken out.
    if (node.style === 'block' && to === node.value.length && /\n$/.test(node.value.slice(from))) {
      return { span: node.span, text: onOneLine(node, value) };
    }
    if (node.style !== 'plain') {
      return { span: spanOfValue(node, from, to), text: node.encode(text) };
    }
    const inFlow = node.parent?.kind === 'member' ? isInFlow(node.parent.parent) : isInFlow(node.parent);
    const { content } = node;
    const isOneLine = content.end - content.start === node.value.length;
    if (isOneLine && isPlainSafe(value) && !(inFlow && /[{}]/.test(value))) {
      return { span: spanOfValue(node, from, to), text };
    }
    const container = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
    const quote = container === undefined ? '"' : styleAround(container).quote;
    return { span: node.span, text: quoted(value, quote) };
  },

  replaceValue(node, value) {
    mustHaveColon(node);
    const container = containerOf(node);
    if (container === undefined || isInFlow(container)) {
      return inBrackets(container, () => jsonWriter.replaceValue(node, value));
    }
    const { parent } = node;
    const style = styleAround(container);
    mustBeOwn(node);
    mustHoldNoComment(node);
    const isFlow = (node instanceof YamlArray || node instanceof YamlObject) && node.isFlow;
    if (parent?.kind === 'member') {
      const { source, span } = parent.key;
      const from = colonEnd(parent, node);
      const column = columnAt(source, span.start);
      const text =
        isFlow && Array.isArray(value)
          ? ` ${flowText(value, style, false)}`
          : valueLines(value, column, style);
      return { span: { start: from, end: node.span.end }, text };
    }
    const text = itemText(value, columnAt(container.source, dashOf(node)), style);
    return { span: node.span, text };
  },

  fillObject: (object, value) => yamlLines.replaceValue(object, value),

  fillEmpty: (container, addition) =>
    yamlLines.replaceValue(
      container,
      'name' in addition ? { [addition.name]: addition.value } : addition.items,
    ),

  wrapInArray(node, more) {
    mustHaveColon(node);
    const container = containerOf(node);
    const { parent } = node;
    if (container === undefined || parent?.kind !== 'member' || isInFlow(container)) {
      return listInBrackets(container, () => jsonWriter.wrapInArray(node, more));
    }
    mustBeOwn(node);
    const style = styleAround(container);
    const { source } = container;
    const { text } = source;
    if (!isBlock(node)) {
      if (node instanceof YamlString && node.style === 'block') {
        throw new Unwritable();
      }
      const column = columnAt(source, parent.key.span.start) + style.listStep;
      const from = colonEnd(parent, node);
      const items = more.map((value) => newLine(column, style) + itemsLines([value], column, style)).join('');
      // Behind a name, `s3:` is read as a text, and behind a dash as a name.
      const readsAsName =
        node instanceof YamlString && node.style === 'plain' && /:(?:\s|$)/.test(node.value);
      return [
        { span: { start: from, end: node.span.start }, text: `${newLine(column, style)}- ` },
        ...(readsAsName
          ? [{ span: node.span, text: quoted(node.value, style.quote) }]
          : // Each line of a value stands further right than what it belongs to.
            indentFurther(text, node, style.listStep + 2)),
        { span: { start: node.span.end, end: node.span.end }, text: items },
      ].filter(({ span, text: written }) => span.start < span.end || written !== '');
    }
    // Behind its key on one line nothing has lines of its own, though some readers take it.
    const lead = text.slice(lineStart(text, node.span.start), node.span.start);
    if (node.kind === 'array' || lead.trim() !== '') {
      throw new Unwritable();
    }
    const column = columnAt(source, node.span.start);
    const edits: Edit[] = [
      { span: { start: node.span.start, end: node.span.start }, text: '- ' },
      ...indentFurther(text, node, 2),
    ];
    if (more.length > 0) {
      const end = restOfLine(text, node.span.end);
      edits.push({
        span: { start: end, end },
        text: newLine(column, style) + itemsLines(more, column, style),
      });
    }
    return edits;
  },

  unwrapArray(array) {
    mustHaveColon(array);
    if (!isBlock(array)) {
      return hasHash(array) ? undefined : jsonWriter.unwrapArray(array);
    }
    const { parent } = array;
    const [item] = array.items;
    if (item === undefined || array.items.length !== 1 || parent?.kind !== 'member' || isBlock(item)) {
      return undefined;
    }
    if (hasHash(array) || (item instanceof YamlString && item.style === 'block') || !isOwn(array)) {
      return undefined;
    }
    const start = colonEnd(parent, array);
    return [{ span: { start, end: item.span.start }, text: ' ' }];
  },

  remove(container, removed) {
    if (!isBlock(container)) {
      return listInBrackets(container, () => jsonWriter.remove(container, removed));
    }
    mustHaveLines(container);
    const elements = elementsOf(container);
    if (elements.every((element) => removed.has(element))) {
      return [emptied(container)];
    }
    return indexesOf(elements, removed).map((index) => removal(container, elements, index));
  },

  insertAfter(container, sibling, addition) {
    if (!isBlock(container)) {
      return inBrackets(container, () => jsonWriter.insertAfter(container, sibling, addition));
    }
    mustHaveLines(container);
    const { source } = container;
    mustBeOwn(sibling);
    const at = restOfLine(source.text, sibling.span.end);
    if (/^[ \t]*[|>][-\d]*\+/m.test(headerOf(sibling, source.text))) {
      throw new Unwritable();
    }
    const column = columnAt(source, startOf(container, sibling));
    const style = styleAround(container);
    return {
      span: { start: at, end: at },
      text: newLine(column, style) + additionLines(addition, column, style),
    };
  },

  insertBefore(container, sibling, addition) {
    if (!isBlock(container)) {
      return inBrackets(container, () => jsonWriter.insertBefore(container, sibling, addition));
    }
    mustHaveLines(container);
    const at = startOf(container, sibling);
    const column = columnAt(container.source, at);
    const style = styleAround(container);
    return {
      span: { start: at, end: at },
      text: additionLines(addition, column, style) + newLine(column, style),
    };
  },

  replaceItem(array, item, values) {
    if (!isBlock(array)) {
      return inBrackets(array, () => jsonWriter.replaceItem(array, item, values));
    }
    mustBeOwn(item);
    mustHoldNoComment(item);
    const column = columnAt(array.source, startOf(array, item));
    const text = itemsLines(values, column, styleAround(array));
    return { span: item.span, text: text.slice('- '.length) };
  },

  reorderItems(array, order) {
    if (hasHash(array)) {
      return undefined;
    }
    const { items, source } = array;
    const isSimple = items.every(
      (item) => !isBlock(item) && isOwn(item) && !textOf(item, source.text).includes('\n'),
    );
    if (!isSimple) {
      return undefined;
    }
    const moved = order.flatMap((index, place): readonly Edit[] => {
      const here = items[place];
      const wanted = items[index];
      return here === undefined || wanted === undefined || here === wanted
        ? []
        : [{ span: here.span, text: textOf(wanted, source.text) }];
    });
    const rest = new Set<Element>(items.slice(order.length));
    return rest.size === 0 ? moved : [...moved, ...yamlLines.remove(array, rest)];
  },
};

/** What a block is written as that becomes a text without line breaks. */
function onOneLine({ parent, source, span }: YamlString, value: string): string {
  const container = parent?.kind === 'member' ? parent.parent : parent;
  const header = source.text.slice(span.start, lineEnd(source.text, span.start));
  if (container === undefined || /[\r\n]/.test(value) || header.includes('#')) {
    throw new Unwritable();
  }
  return flowText(value, styleAround(container), false);
}

function additionLines(addition: Addition, column: number, style: YamlStyle): string {
  return 'name' in addition
    ? memberLines(addition.name, addition.value, column, style)
    : itemsLines(addition.items, column, style);
}

/** Nothing but what is in the brackets is touched, where YAML and JSON differ in their comments. */
function inBrackets(container: Container | undefined, write: () => Edit): Edit {
  if (container === undefined || hasHash(container)) {
    throw new Unwritable();
  }
  return write();
}

function listInBrackets(container: Container | undefined, write: () => readonly Edit[]): readonly Edit[] {
  if (container === undefined || hasHash(container)) {
    throw new Unwritable();
  }
  return write();
}

/** What is left of a collection that loses all it has. */
function emptied(container: YamlObject | YamlArray): Edit {
  const { parent } = container;
  mustBeOwn(container);
  mustHoldNoComment(container);
  const empty = container.kind === 'array' ? '[]' : '{}';
  if (parent?.kind === 'member') {
    return { span: { start: colonEnd(parent, container), end: container.span.end }, text: ` ${empty}` };
  }
  return { span: container.span, text: empty };
}

function removal(container: YamlObject | YamlArray, elements: readonly Element[], index: number): Edit {
  const { text } = container.source;
  const element = elements[index] as Element;
  mustBeOwn(element);
  const start = startOf(container, element);
  const line = lineStart(text, start);
  const end = restOfLine(text, element.span.end);
  if (text.slice(line, start).trim() === '') {
    const after = afterBreak(text, end);
    // At the end of a document without a last line break, the one in front goes.
    return after === end
      ? { span: { start: lineEnd(text, line - 1), end }, text: '' }
      : { span: { start: line, end: after }, text: '' };
  }
  // The first member stands behind the dash of an item, and the next one takes its place.
  const next = elements[index + 1];
  if (next === undefined) {
    throw new Unwritable();
  }
  const until = startOf(container, next);
  if (/(?:^|\s)#/m.test(text.slice(element.span.end, until))) {
    throw new Unwritable();
  }
  return { span: { start, end: until }, text: '' };
}

/** Where an element begins: a member at its key, an item at its dash. A key behind a question mark is left alone. */
function startOf(container: Container, element: Element): number {
  if (container.kind === 'array') {
    return dashOf(element as SyntaxNode);
  }
  const { start } = element.span;
  if (/\?[ \t]+$/.test(container.source.text.slice(lineStart(container.source.text, start), start))) {
    throw new Unwritable();
  }
  return start;
}

function dashOf(item: SyntaxNode): number {
  const source = 'source' in item ? item.source : (containerOf(item) as ArrayNode).source;
  const before = source.text.slice(Math.max(0, item.span.start - 300), item.span.start);
  const dash = /-(?:[ \t]+[&!][^\s]+)*\s+$/.exec(before);
  if (dash === null) {
    throw new Unwritable();
  }
  return item.span.start - dash[0].length;
}

/** Behind the colon of a member; what stands from there to the value is blank. */
function colonEnd({ key }: MemberNode, value: SyntaxNode): number {
  const colon = /^[^:]*:(?=\s*$)/.exec(key.source.text.slice(key.span.end, value.span.start));
  if (colon === null) {
    throw new Unwritable();
  }
  return key.span.end + colon[0].length;
}

/** Of a value whose colon is not typed yet, only its brackets keep it apart from the name: `Action["s3:*"]`. */
function mustHaveColon({ parent, span }: SyntaxNode): void {
  if (parent?.kind === 'member') {
    const { source, span: name } = parent.key;
    if (!source.text.slice(name.end, span.start).includes(':')) {
      throw new Unwritable();
    }
  }
}

/** The end of the line, behind a comment; anything else on it would be in the way. */
function restOfLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(at, end))) {
    throw new Unwritable();
  }
  return end;
}

function afterBreak(text: string, at: number): number {
  return at + (/^\r?\n/.exec(text.slice(at, at + 2))?.[0].length ?? 0);
}

function headerOf(element: Element, text: string): string {
  const value = element.kind === 'member' ? element.value : element;
  return value instanceof YamlString && value.style === 'block'
    ? text.slice(value.span.start, lineEnd(text, value.span.start))
    : '';
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.span.start, node.span.end);
}

/** Whether something stands where it is held, and not where the anchor of an alias is. */
function isOwn(element: Element): boolean {
  return !isAlias(element);
}

/** Moves the lines behind the first one of a value to the right. How far they are indented is no part of a text. */
function indentFurther(text: string, { span }: SyntaxNode, columns: number): readonly Edit[] {
  const edits: Edit[] = [];
  for (
    let at = text.indexOf('\n', span.start) + 1;
    at > 0 && at < span.end;
    at = text.indexOf('\n', at) + 1
  ) {
    if (lineEnd(text, at) > at) {
      edits.push({ span: { start: at, end: at }, text: ' '.repeat(columns) });
    }
  }
  return edits;
}

/** A single pair in a list with brackets, as in `[a: b]`, is a mapping to which nothing can be added. */
function mustHaveLines(container: Container): void {
  if (isInFlow(container)) {
    throw new Unwritable();
  }
}

function mustBeOwn(element: Element): void {
  if (!isOwn(element)) {
    throw new Unwritable();
  }
}

/** A look for what may begin a comment; a `#` in a string only costs an offer. */
const hasHash = rememberOf(({ source, span }: Container): boolean =>
  /(?:^|[\s,[{])#/m.test(source.text.slice(span.start, span.end)),
);

function mustHoldNoComment(node: SyntaxNode): void {
  if ((node.kind === 'object' || node.kind === 'array') && hasHash(node)) {
    throw new Unwritable();
  }
}
