import { HclBlockBody, HclFunctionList, HclMember } from '../../syntax/hcl/hclNodes';
import { DocumentStatement, PolicyDocument } from '../../syntax/hcl/policyDocument';
import { type Container, type Element, elementsOf, type JsonValue, lineEnd, rangeOf } from '../layout';
import type { Edit } from '../rule';
import {
  edit,
  hasLines,
  isBraced,
  isFirstOnLine,
  isInDocument,
  isOfDocument,
  mustBeTuple,
  partsOf,
  restOfLine,
  textOf,
} from './hclPlaces';
import {
  deeper,
  elementLines,
  type HclPlace,
  keyText,
  newLine,
  placeAt,
  statementText,
  valueText,
} from './hclText';
import { type Addition, Unwritable } from './writer';

/** Writes elements of HCL beside others. */

/** Writes an element beside another one. */
export function insert(
  container: Container,
  sibling: Element,
  addition: Addition,
  where: 'before' | 'after',
): Edit {
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
  if (container instanceof HclBlockBody) {
    if (!('name' in addition)) {
      throw new Unwritable();
    }
    // A block has no commas, and on one line no more than one argument.
    return besideLines(container, sibling, where, (place) => memberText(container, sibling, addition, place));
  }
  return besideListed(container, sibling, addition, where);
}

/** As the first thing in the braces of a block. */
export function insideDocument(
  container: DocumentStatement | PolicyDocument,
  { name, value }: Extract<Addition, { name: string }>,
): Edit {
  const { source, start } = container;
  const outer = placeAt(source, start, true);
  const place = deeper(outer);
  const isEmpty = /^\{[ \t]*\}/.test(source.text.slice(start));
  const end = isEmpty ? newLine(outer) : '';
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
  const lead = neighbour.includes('\n') ? 0 : (/^[^=:[{\n]*?(?=\s?=)/.exec(neighbour)?.[0].length ?? 0);
  return `${key.padEnd(lead)} ${markOf(container)} ${text}`;
}

/** `=`, or `:` where all neighbours of an object have that. */
function markOf(container: Container): '=' | ':' {
  if (container instanceof HclBlockBody) {
    return '=';
  }
  const { source } = container;
  const marks =
    container.kind === 'object'
      ? container.members.map(({ key }) =>
          /^\s*[=:]/.exec(source.text.slice(rangeOf(source, key).to).slice(0, 100))?.[0].trim(),
        )
      : [];
  return marks.every((mark) => mark === ':') ? ':' : '=';
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
