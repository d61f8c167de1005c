import type { SyntaxNode as Expression } from '@lezer/common';
import { parser } from '@lezer/python';
import { boundedParse } from './boundedParse';
import { plainText } from './literals';
import { namedArguments, partsBetweenCommas, readCall, readFormat } from './pythonCalls';
import {
  childrenOf,
  isWritten,
  numberOf,
  operandsOf,
  type ProgramLanguage,
  type ProgramReader,
  readChoices,
  unwrapped,
  valueWithin,
} from './reader';
import {
  asDynamic,
  hole,
  type LiteralStyle,
  oneAfterTheOther,
  opaque,
  type Piece,
  type ProgramEntry,
  type ProgramKey,
  type ProgramValue,
  type StringValue,
  spreadItems,
  unseenEntry,
} from './values';

export const python: ProgramLanguage = {
  parse: (text) => boundedParse(parser, text),
  isLineLiteral: (name) => name === 'String',
  read,
  taken: (reader, expression) => {
    const named = namedArguments(reader, expression, valueAt);
    return named && [named];
  },
};

function read(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const { from: start, to: end } = expression;
  switch (expression.name) {
    case 'DictionaryExpression':
      return readDictionary(reader, expression);
    case 'ArrayExpression':
    case 'TupleExpression':
      return readList(reader, expression);
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return readText(reader, expression);
    case 'BinaryExpression':
      return readBinary(reader, expression);
    case 'CallExpression':
      return (
        readFormat(reader, expression, (text) => formattedOf(reader, text)) ??
        readCall(reader, expression, read, valueAt)
      );
    case 'ConditionalExpression': {
      const [first, , , , second] = [...childrenOf(expression)];
      return first && second && readChoices(reader, expression, [first, second], read);
    }
    case 'ArrayComprehensionExpression':
      return readComprehension(reader, expression);
    case 'ParenthesizedExpression': {
      const inner = unwrapped(expression);
      return inner === expression ? undefined : reader.nested(() => read(reader, inner));
    }
    case 'Number':
      return literalOf(reader, expression) ?? numberOf(reader, expression);
    case 'Boolean':
      return { kind: 'boolean', start, end, value: reader.text.charAt(start) === 'T' };
    case 'None':
      return { kind: 'null', start, end };
    default:
      return undefined;
  }
}

function valueAt(reader: ProgramReader, expression: Expression): ProgramValue {
  return valueWithin(reader, expression, read);
}

function readDictionary(reader: ProgramReader, expression: Expression): ProgramValue {
  const entries = partsBetweenCommas(expression).flatMap((part): readonly ProgramEntry[] => {
    const present = part.filter((each) => !each.type.isError && isWritten(reader, each));
    const [written, , value] = present;
    if (written === undefined) {
      return [];
    }
    const { halfTyped, name: first } = namesIn(reader, written);
    const { from: start } = first;
    const { to: end } = present.at(-1) ?? first;
    const key = literalOf(reader, first);
    if (key === undefined) {
      for (const each of present) {
        reader.later(each);
      }
      return [unseenEntry(start, end)];
    }
    return [
      ...halfTyped,
      { key: namedBy(reader, first, key), value: value && valueAt(reader, value), start, end },
    ];
  });
  return {
    kind: 'object',
    start: expression.from,
    end: expression.to,
    closed: entries.length > 0 && reader.isWhole(expression),
    entries,
  };
}

/** A name without a colon, which is being typed, runs on into the name on the line below: these are two. */
function namesIn(
  reader: ProgramReader,
  written: Expression,
): { readonly halfTyped: readonly ProgramEntry[]; readonly name: Expression } {
  const parts = written.name === 'ContinuedString' ? [...childrenOf(written)] : [];
  const [first, last, ...others] = parts;
  const isOverLines =
    first !== undefined &&
    last !== undefined &&
    others.length === 0 &&
    reader.text.slice(first.to, last.from).includes('\n');
  const literal = isOverLines ? literalOf(reader, first) : undefined;
  if (!isOverLines || literal === undefined) {
    return { halfTyped: [], name: written };
  }
  const { from: start, to: end } = first;
  return { halfTyped: [{ key: namedBy(reader, first, literal), value: undefined, start, end }], name: last };
}

function namedBy(
  { text }: ProgramReader,
  { from: start, to: end }: Expression,
  literal: StringValue,
): ProgramKey {
  return { name: plainText(text, literal), literal, start, end };
}

function readList(reader: ProgramReader, expression: Expression): ProgramValue {
  const items = partsBetweenCommas(expression).flatMap((part): readonly ProgramValue[] => {
    const [first, second] = part.filter(({ type }) => !type.isError);
    if (first === undefined) {
      return [];
    }
    if (first.name === '*' && second !== undefined) {
      return spreadItems(valueAt(reader, second));
    }
    // Behind a fault an item may belong elsewhere.
    if (first !== part[0]) {
      reader.later(first);
      return [opaque(first.from, first.to)];
    }
    return [valueAt(reader, first)];
  });
  return {
    kind: 'array',
    start: expression.from,
    end: expression.to,
    closed: items.length > 0 && reader.isWhole(expression),
    items,
  };
}

/** What two expressions come to with an operator between them. */
function readBinary(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const { left, sign, right } = operandsOf(reader, expression);
  return sign === 'or' ? readChoices(reader, expression, [left, right], read) : readText(reader, expression);
}

/** A literal, or several texts or lists that are put together. */
function readText(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const { parts, isFilledInOrder } = partsOf(reader, expression);
  const literals = parts.map((part) => literalOf(reader, part));
  if (literals.every((literal) => literal === undefined)) {
    // An operator that puts nothing together.
    if (parts[0] === expression) {
      return undefined;
    }
    // Looked at one by one, and not a chain for each of them.
    const values = parts.map((part) => valueAt(reader, part));
    return values.some(({ kind }) => kind === 'array')
      ? oneAfterTheOther(values, expression.from, expression.to)
      : opaque(expression.from, expression.to);
  }
  const pieces = literals.flatMap((literal, index): readonly Piece[] => {
    const part = parts[index] ?? expression;
    if (literal === undefined) {
      reader.later(part);
      return [hole(reader.text.slice(part.from, part.to), part.from, part.to)];
    }
    return literal.pieces;
  });
  const closed = literals.every((literal) => literal?.closed !== false);
  return { kind: 'string', start: expression.from, end: expression.to, closed, pieces, isFilledInOrder };
}

/** `[statement(name) for name in names]`: a list of which one item shows what all are like. */
function readComprehension(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const [, item, ...rest] = [...childrenOf(expression)];
  const value = item && reader.nested(() => read(reader, item));
  if (value === undefined) {
    return undefined;
  }
  for (const each of rest) {
    reader.later(each);
  }
  return {
    kind: 'array',
    start: expression.from,
    end: expression.to,
    closed: false,
    items: [asDynamic(value)],
  };
}

/**
 * The operands of a chain of `+`, in order. Of `'…%s…' % values` the text counts, in which the verbs of `printf` are holes.
 */
function partsOf(
  reader: ProgramReader,
  expression: Expression,
): { readonly parts: readonly Expression[]; readonly isFilledInOrder: boolean } {
  const parts: Expression[] = [];
  let isFilledInOrder = false;
  let current = unwrapped(expression);
  while (current.name === 'BinaryExpression') {
    const { left, sign, right } = operandsOf(reader, current);
    const of = unwrapped(left);
    if (sign === '+') {
      parts.push(unwrapped(right));
    } else if (sign === '%' && /String$/.test(of.name)) {
      reader.later(right);
      isFilledInOrder = true;
    } else {
      break;
    }
    current = of;
  }
  return { parts: [...parts, current].toReversed(), isFilledInOrder };
}

/** A literal, or several one behind the other; `undefined` for anything else. */
function literalOf(reader: ProgramReader, expression: Expression): StringValue | undefined {
  const { from: start, to: end, name } = expression;
  switch (name) {
    case 'String':
    case 'FormatString':
      return stringOf(reader, expression);
    case 'Number':
      return reader.unterminated.has(start) ? stringOf(reader, expression) : undefined;
    case 'ContinuedString': {
      const parts = [...childrenOf(expression)].flatMap((part) => literalOf(reader, part) ?? []);
      const pieces = parts.flatMap((part) => part.pieces);
      return { kind: 'string', start, end, closed: parts.every(({ closed }) => closed), pieces };
    }
    default:
      return undefined;
  }
}

/** Literals, one behind the other, with fields that are filled in. */
function formattedOf(reader: ProgramReader, expression: Expression): StringValue {
  if (expression.name !== 'ContinuedString') {
    return stringOf(reader, expression, true);
  }
  const parts = [...childrenOf(expression)].map((part) => stringOf(reader, part, true));
  const pieces = parts.flatMap((part) => part.pieces);
  return {
    kind: 'string',
    start: expression.from,
    end: expression.to,
    closed: parts.every(({ closed }) => closed),
    pieces,
  };
}

function stringOf(reader: ProgramReader, expression: Expression, isFormat = false): StringValue {
  const { from: start, to } = expression;
  const [opening = '', prefix = '', quote = ''] =
    /^([A-Za-z]{0,2})("""|'''|"|')/.exec(reader.text.slice(start, start + 5)) ?? [];
  const ends = reader.unterminated.get(start);
  const from = start + opening.length;
  const closed = ends === undefined && to - quote.length >= from && reader.text.endsWith(quote, to);
  const last = ends ?? (closed ? to - quote.length : to);
  const style: LiteralStyle = {
    language: 'python',
    quote,
    raw: /r/i.test(prefix),
    doubledBraces: isFormat || expression.name === 'FormatString',
  };
  const pieces: Piece[] = [];
  let at = from;
  const add = (begin: number, end: number, name: string): void => {
    pieces.push({ style, literal: start, start: at, end: begin });
    pieces.push(hole(name, begin, end, start));
    at = end;
  };
  if (isFormat) {
    for (const field of fieldsIn(reader.text.slice(from, last))) {
      add(from + field.from, from + field.to, field.name);
    }
  } else {
    for (const part of childrenOf(expression)) {
      if (part.name === 'FormatReplacement') {
        reader.later(part);
        add(part.from, part.to, reader.text.slice(part.from + 1, part.to - 1).trim());
      }
    }
  }
  pieces.push({ style, literal: start, start: at, end: Math.max(at, last) });
  return { kind: 'string', start, end: ends ?? to, closed, pieces };
}

function fieldsIn(
  text: string,
): readonly { readonly from: number; readonly to: number; readonly name: string }[] {
  return [...text.matchAll(/\{\{|\{([^{}\n]{0,200})\}/g)].flatMap((match) => {
    const [whole, name] = match;
    return name === undefined
      ? []
      : [{ from: match.index, to: match.index + whole.length, name: name || `#${match.index}` }];
  });
}
