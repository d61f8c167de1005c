import type { SyntaxNode as Expression } from '@lezer/common';
import { parser } from '@lezer/python';
import { valueOfCall } from './libraries';
import { plainText } from './literals';
import { childrenOf, type ProgramLanguage, type ProgramReader } from './reader';
import {
  hole,
  type LiteralStyle,
  type ObjectValue,
  opaque,
  type Piece,
  type ProgramEntry,
  type ProgramKey,
  type ProgramValue,
  type StringValue,
  unseenEntry,
} from './values';

export const python: ProgramLanguage = {
  parse: (text) => parser.parse(text),
  isLineLiteral: (name) => name === 'String',
  read,
  named: namedArguments,
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
    case 'BinaryExpression':
      return readText(reader, expression);
    case 'CallExpression':
      return readFormat(reader, expression) ?? readCall(reader, expression);
    case 'ParenthesizedExpression': {
      const inner = [...childrenOf(expression)].filter(
        ({ name, type }) => !/^[()]$/.test(name) && !type.isError,
      );
      const [only] = inner;
      return inner.length === 1 && only !== undefined ? reader.nested(() => read(reader, only)) : undefined;
    }
    case 'Number': {
      const value = Number(reader.text.slice(start, end).replaceAll('_', ''));
      return { kind: 'number', start, end, value };
    }
    case 'Boolean':
      return { kind: 'boolean', start, end, value: reader.text.charAt(start) === 'T' };
    case 'None':
      return { kind: 'null', start, end };
    default:
      return undefined;
  }
}

/** The value of an expression within another; what is none of a policy's is looked at later. */
function valueAt(reader: ProgramReader, expression: Expression): ProgramValue {
  const value = reader.nested(() => read(reader, expression));
  if (value === undefined) {
    reader.later(expression);
    return opaque(expression.from, expression.to);
  }
  return value;
}

function readDictionary(reader: ProgramReader, expression: Expression): ProgramValue {
  const parts = partsBetweenCommas(expression, '{', '}');
  let isHalfTyped = false;
  const entries = parts.flatMap((part): readonly ProgramEntry[] => {
    const present = part.filter(({ type }) => !type.isError);
    isHalfTyped ||= present.length < part.length;
    const [first] = present;
    const last = present.at(-1);
    if (first === undefined || last === undefined) {
      return [];
    }
    const key = literalOf(reader, first);
    const colon = present.findIndex(({ name }) => name === ':');
    if (key === undefined || colon > 1) {
      for (const each of present) {
        reader.later(each);
      }
      return [unseenEntry(first.from, last.to)];
    }
    const value = colon < 0 ? undefined : present[colon + 1];
    isHalfTyped ||= value === undefined;
    return [
      {
        key: namedBy(reader, first, key),
        value: value && valueAt(reader, value),
        start: first.from,
        end: last.to,
      },
    ];
  });
  return {
    kind: 'object',
    start: expression.from,
    end: expression.to,
    closed: !isHalfTyped && entries.length > 0 && reader.isWhole(expression),
    entries,
  };
}

function namedBy(
  { text }: ProgramReader,
  { from: start, to: end }: Expression,
  literal: StringValue,
): ProgramKey {
  return { name: plainText(text, literal), literal, start, end };
}

/** What stands between the commas of a list, without its brackets. */
function partsBetweenCommas(
  list: Expression,
  open: string,
  close: string,
): readonly (readonly Expression[])[] {
  const parts: Expression[][] = [[]];
  for (const child of childrenOf(list)) {
    if (child.name === ',') {
      parts.push([]);
    } else if (child.name !== open && child.name !== close) {
      parts.at(-1)?.push(child);
    }
  }
  return parts;
}

function readList(reader: ProgramReader, expression: Expression): ProgramValue {
  const isTuple = expression.name === 'TupleExpression';
  const [open, close] = isTuple ? ['(', ')'] : ['[', ']'];
  let isFaulty = false;
  const items = partsBetweenCommas(expression, open as string, close as string).flatMap(
    (part): readonly ProgramValue[] => {
      const [first] = part;
      const present = part.filter(({ type }) => !type.isError);
      isFaulty ||= present.length < part.length;
      const last = present.at(-1);
      if (first === undefined || last === undefined) {
        return [];
      }
      // `*more` spreads another list; behind a fault an item may belong elsewhere.
      if (present.length > 1 || (isFaulty && first.type.isError)) {
        for (const each of present) {
          reader.later(each);
        }
        return [opaque(first.from, last.to)];
      }
      return [valueAt(reader, last)];
    },
  );
  return {
    kind: 'array',
    start: expression.from,
    end: expression.to,
    closed: items.length > 0 && reader.isWhole(expression),
    items,
  };
}

/** A literal, or several texts that are put together; `undefined` where nothing of it is known. */
function readText(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const parts = partsOf(reader, expression);
  const literals = parts?.map((part) => literalOf(reader, part)) ?? [];
  if (parts === undefined || literals.every((literal) => literal === undefined)) {
    return undefined;
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
  return { kind: 'string', start: expression.from, end: expression.to, closed, pieces };
}

/**
 * The operands of a chain of `+`, in order; `undefined` for another operator. Of `'…%s…' % values` the text counts, in
 * which the verbs of `printf` are holes.
 */
function partsOf(reader: ProgramReader, expression: Expression): readonly Expression[] | undefined {
  const parts: Expression[] = [];
  let current = unwrapped(expression);
  while (current.name === 'BinaryExpression') {
    const [left, operator, right] = [...childrenOf(current)];
    const sign = operator?.name === 'ArithOp' ? reader.text.slice(operator.from, operator.to) : undefined;
    if (left === undefined || right === undefined || (sign !== '+' && sign !== '%')) {
      return parts.length === 0 ? undefined : [current, ...parts];
    }
    if (sign === '%') {
      if (!/String$/.test(unwrapped(left).name)) {
        return parts.length === 0 ? undefined : [current, ...parts];
      }
      reader.later(right);
    } else {
      parts.unshift(unwrapped(right));
    }
    current = unwrapped(left);
  }
  return [current, ...parts];
}

function unwrapped(expression: Expression): Expression {
  let current = expression;
  while (current.name === 'ParenthesizedExpression') {
    const inner = [...childrenOf(current)].find(({ name, type }) => !/^[()]$/.test(name) && !type.isError);
    if (inner === undefined) {
      return current;
    }
    current = inner;
  }
  return current;
}

function literalOf(reader: ProgramReader, expression: Expression): StringValue | undefined {
  const { from: start, to: end, name } = expression;
  switch (name) {
    case 'String':
    case 'FormatString':
      return stringOf(reader, expression);
    case 'ContinuedString': {
      const parts = [...childrenOf(expression)].flatMap((part) => literalOf(reader, part) ?? []);
      const pieces = parts.flatMap((part) => part.pieces);
      return { kind: 'string', start, end, closed: parts.every(({ closed }) => closed), pieces };
    }
    default:
      return undefined;
  }
}

function stringOf(reader: ProgramReader, expression: Expression, isFormat = false): StringValue | undefined {
  const { from: start, to } = expression;
  const [opening, prefix, quote] =
    /^([A-Za-z]{0,2})("""|'''|"|')/.exec(reader.text.slice(start, Math.min(to, start + 5))) ?? [];
  if (opening === undefined || prefix === undefined || quote === undefined) {
    return undefined;
  }
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
    if (begin > at) {
      pieces.push({ style, literal: start, start: at, end: begin });
    }
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
  if (at < last || pieces.length === 0) {
    pieces.push({ style, literal: start, start: at, end: Math.max(at, last) });
  }
  return { kind: 'string', start, end: ends ?? to, closed, pieces };
}

/** `'arn:aws:s3:::{}/*'.format(bucket)`: Python Library Reference, "Format String Syntax". */
function readFormat(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const [callee, list] = [...childrenOf(expression)];
  const [text] = callee?.name === 'MemberExpression' ? [...childrenOf(callee)] : [];
  const method = callee?.lastChild;
  if (text?.name !== 'String' || !method || reader.text.slice(method.from, method.to) !== 'format') {
    return undefined;
  }
  if (list !== undefined) {
    reader.later(list);
  }
  const value = stringOf(reader, text, true);
  return value && { ...value, end: expression.to };
}

function fieldsIn(
  text: string,
): readonly { readonly from: number; readonly to: number; readonly name: string }[] {
  return [...text.matchAll(/\{\{|\}\}|\{([^{}\n]{0,200})\}/g)].flatMap((match) => {
    const [whole, name] = match;
    return name === undefined
      ? []
      : [{ from: match.index, to: match.index + whole.length, name: name || `#${match.index}` }];
  });
}

function readCall(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const children = [...childrenOf(expression)];
  const callee = children.find(({ name }) => name === 'MemberExpression' || name === 'VariableName');
  const list = children.find(({ name }) => name === 'ArgList');
  if (callee === undefined || list === undefined) {
    return undefined;
  }
  const path = [
    ...reader.text.slice(callee.from, Math.min(callee.to, callee.from + 300)).matchAll(/\w+/g),
  ].map(([word]) => word);
  const last = callee.name === 'VariableName' ? callee : callee.lastChild;
  const parts = partsBetweenCommas(list, '(', ')').map((part) => part.filter(({ type }) => !type.isError));
  return valueOfCall({
    text: reader.text,
    start: expression.from,
    end: expression.to,
    path,
    name: { start: last?.from ?? callee.from, end: last?.to ?? callee.to },
    args: () =>
      parts.flatMap((part) => {
        const [only] = part;
        return part.length === 1 && only !== undefined ? [valueAt(reader, only)] : [];
      }),
    named: () => parts.flatMap((part) => namedArgument(reader, part)),
    isInPlace: IN_PLACE.has(expression.parent?.name ?? ''),
    isOpen: [...childrenOf(list)].some(({ name }) => /^\*\*?$/.test(name)) || !reader.isWhole(expression),
  });
}

/** `create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(…))`. */
function namedArguments(reader: ProgramReader, expression: Expression): ObjectValue | undefined {
  const [callee, list] = [...childrenOf(expression)];
  if (expression.name !== 'CallExpression' || callee === undefined || list?.name !== 'ArgList') {
    return undefined;
  }
  const parts = partsBetweenCommas(list, '(', ')').map((part) => part.filter(({ type }) => !type.isError));
  if (!parts.some(([, sign]) => sign?.name === 'AssignOp')) {
    return undefined;
  }
  reader.later(callee);
  const entries = parts.flatMap((part) => {
    const named = namedArgument(reader, part);
    for (const each of named.length === 0 ? part : []) {
      reader.later(each);
    }
    return named;
  });
  return { kind: 'object', start: list.from, end: list.to, closed: false, entries };
}

function namedArgument(reader: ProgramReader, part: readonly Expression[]): readonly ProgramEntry[] {
  const [name, sign, value] = part;
  if (name?.name !== 'VariableName' || sign?.name !== 'AssignOp') {
    return name !== undefined && /^\*\*$/.test(name.name)
      ? [unseenEntry(name.from, part.at(-1)?.to ?? name.to)]
      : [];
  }
  const { from: start, to: end } = name;
  return [
    {
      key: { name: reader.text.slice(start, end), start, end },
      value: value && valueAt(reader, value),
      start,
      end: value?.to ?? sign.to,
    },
  ];
}

/** What an expression stands in where nobody can get hold of its value under a name. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'ArgList',
  'ArrayExpression',
  'TupleExpression',
  'DictionaryExpression',
]);
