import type { SyntaxNode as Expression } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { boundedParse } from './boundedParse';
import { readCall, readTaken } from './javascriptCalls';
import { statementProperties } from './libraryPolicies';
import { plainText } from './literals';
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
  hole,
  type LiteralStyle,
  nothing,
  type ObjectValue,
  opaque,
  type Piece,
  type ProgramEntry,
  type ProgramValue,
  type StringValue,
  spreadItems,
  unseenEntry,
} from './values';

/** TypeScript, and JavaScript with JSX, whose `<Type>value` reads otherwise. */
export const typescript: ProgramLanguage = languageOf('ts');
export const javascript: ProgramLanguage = languageOf('ts jsx');

function languageOf(dialect: string): ProgramLanguage {
  const configured = parser.configure({ dialect });
  return {
    parse: (text) => boundedParse(configured, text),
    isLineLiteral: (name) => name === 'String',
    read,
    taken: (reader, expression) => readTaken(reader, expression, valueAt),
  };
}

function read(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  switch (expression.name) {
    case 'ObjectExpression': {
      const object = readObject(reader, expression);
      return isStatementProps(reader, expression) ? statementProperties(object, reader.text) : object;
    }
    case 'ArrayExpression':
      return readArray(reader, expression);
    case 'String':
    case 'TemplateString':
    case 'TaggedTemplateExpression':
      return readText(reader, expression);
    case 'BinaryExpression':
      return readBinary(reader, expression);
    case 'ConditionalExpression': {
      const [, , first, , second] = [...childrenOf(expression)];
      return first && second && readChoices(reader, expression, [first, second], read);
    }
    case 'NewExpression':
    case 'CallExpression':
      return readCall(reader, expression, read, valueAt);
    case 'ParenthesizedExpression':
    case 'PostfixExpression':
    case 'AwaitExpression':
    case 'PrefixCast':
      return readInner(reader, expression);
    case 'Number':
      return literalOf(reader, expression) ?? numberOf(reader, expression);
    case 'BooleanLiteral': {
      const value = reader.text.charAt(expression.from) === 't';
      return { kind: 'boolean', start: expression.from, end: expression.to, value };
    }
    case 'null':
      return { kind: 'null', start: expression.from, end: expression.to };
    default:
      return undefined;
  }
}

function valueAt(reader: ProgramReader, expression: Expression): ProgramValue {
  return valueWithin(reader, expression, read);
}

const OPENING: ReadonlySet<string> = new Set(['(', 'await']);

/** What stands in parentheses, behind `await` or a type, or before `!`. */
function readInner(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const all = [...childrenOf(expression)];
  const inner = (expression.name === 'PrefixCast' ? all.slice(-1) : all).find(
    ({ name, type }) => !OPENING.has(name) && !type.isError,
  );
  return inner && reader.nested(() => read(reader, inner));
}

/** Whether an object is said to be the properties of a statement of the CDK, by an annotation, `as`, `satisfies` or a cast. */
function isStatementProps({ text, mentions }: ProgramReader, object: Expression): boolean {
  if (!mentions(STATEMENT_PROPS)) {
    return false;
  }
  const { parent, prevSibling } = object;
  const type =
    prevSibling?.name === 'Equals'
      ? prevSibling.prevSibling
      : parent?.name === 'PrefixCast'
        ? parent.firstChild?.nextSibling
        : parent?.name === 'BinaryExpression'
          ? parent.lastChild
          : null;
  return type ? text.endsWith(STATEMENT_PROPS, type.to) : false;
}

const STATEMENT_PROPS = 'PolicyStatementProps';

function readObject(reader: ProgramReader, expression: Expression): ObjectValue {
  const entries = [...childrenOf(expression)]
    .filter(({ name }) => name === 'Property')
    .map((property) => readProperty(reader, property));
  return {
    kind: 'object',
    start: expression.from,
    end: expression.to,
    closed: entries.length > 0 && reader.isWhole(expression),
    entries,
  };
}

function readProperty(reader: ProgramReader, property: Expression): ProgramEntry {
  const { from: start, to: end } = property;
  // `['name']: value` is a name in quotes like any other, and so is [`${provider}:sub`].
  const [first, second, ...others] = [...childrenOf(property)].filter(
    ({ name, type }) => !/^[[\]]$/.test(name) && !type.isError,
  );
  if (first === undefined || !NAMING.has(first.name)) {
    reader.later(property);
    return unseenEntry(start, end);
  }
  const key = keyOf(reader, first);
  if (second?.name === ':') {
    const [value] = others;
    return value === undefined || reader.missing.has(value.from)
      ? { key, value: undefined, start, end: isWritten(reader, second) ? second.to : first.to }
      : { key, value: valueAt(reader, value), start, end };
  }
  // `{ Effect }` takes a variable of that name, or is a name that is being typed; `{ get() {} }` is a method.
  reader.later(property);
  return { key, value: opaque(first.from, first.to), start, end };
}

const NAMING: ReadonlySet<string> = new Set(['PropertyDefinition', 'String', 'TemplateString', 'Number']);

function keyOf(reader: ProgramReader, name: Expression): ProgramEntry['key'] {
  const { from: start, to: end } = name;
  const literal = literalOf(reader, name);
  return literal === undefined
    ? { name: reader.text.slice(start, end), start, end }
    : { name: plainText(reader.text, literal), literal, start, end };
}

function readArray(reader: ProgramReader, expression: Expression): ProgramValue {
  const items: ProgramValue[] = [];
  let isSpread = false;
  let isFaulty = false;
  for (const child of childrenOf(expression)) {
    if (child.type.isError) {
      isFaulty = true;
    } else if (child.name === 'Spread') {
      isSpread = true;
    } else if (!/^[[\],]$/.test(child.name)) {
      // Behind a fault an item may belong elsewhere.
      if (isFaulty) {
        reader.later(child);
        items.push(opaque(child.from, child.to));
      } else if (isSpread) {
        items.push(...spreadItems(valueAt(reader, child)));
      } else {
        items.push(valueAt(reader, child));
      }
      isSpread = false;
    }
  }
  return {
    kind: 'array',
    start: expression.from,
    end: expression.to,
    closed: items.length > 0 && reader.isWhole(expression),
    items,
  };
}

/** What two expressions come to with an operator between them, or one with its type. */
function readBinary(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const { left, sign, right } = operandsOf(reader, expression);
  switch (sign) {
    case 'as':
    case 'satisfies':
      return reader.nested(() => read(reader, left));
    case '+':
      return readText(reader, expression);
    case '||':
    case '??':
      return readChoices(reader, expression, [left, right], read);
    case '&&':
      reader.later(left);
      return readChoices(reader, expression, [right], read, [nothing(expression.to)]);
    default:
      return undefined;
  }
}

/** A literal, or several texts that are put together. */
function readText(reader: ProgramReader, expression: Expression): ProgramValue | undefined {
  const parts = partsOf(reader, expression);
  const literals = parts.map((part) => literalOf(reader, part));
  if (literals.every((literal) => literal === undefined)) {
    // Looked at one by one, and not a chain for each of them.
    for (const part of parts) {
      reader.later(part);
    }
    return opaque(expression.from, expression.to);
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

/** The operands of a chain of `+`, in order. */
function partsOf(reader: ProgramReader, expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  let current = unwrapped(expression);
  while (current.name === 'BinaryExpression') {
    const { left, sign, right } = operandsOf(reader, current);
    if (sign !== '+') {
      break;
    }
    parts.push(unwrapped(right));
    current = unwrapped(left);
  }
  return [...parts, current].toReversed();
}

function literalOf(reader: ProgramReader, expression: Expression): StringValue | undefined {
  const { from: start, to: end, name } = expression;
  switch (name) {
    case 'String':
      return quoted(reader, expression);
    case 'Number':
      return reader.unterminated.has(start) ? quoted(reader, expression) : undefined;
    case 'TemplateString':
      return templateOf(reader, expression, styleOf('`'));
    case 'TaggedTemplateExpression': {
      const [tag, template] = [...childrenOf(expression)];
      const isRaw = tag !== undefined && reader.text.slice(tag.from, tag.to) === 'String.raw';
      return template?.name === 'TemplateString'
        ? { ...templateOf(reader, template, { ...styleOf('`'), raw: isRaw }), start, end }
        : undefined;
    }
    default:
      return undefined;
  }
}

function quoted(reader: ProgramReader, { from: start, to: end }: Expression): StringValue {
  const ends = reader.unterminated.get(start);
  const style = styleOf(reader.text.charAt(start));
  const piece = { style, literal: start, start: start + 1, end: ends ?? Math.max(start + 1, end - 1) };
  return { kind: 'string', start, end: ends ?? end, closed: ends === undefined, pieces: [piece] };
}

function styleOf(quote: string): LiteralStyle {
  return { language: 'javascript', quote, raw: false, doubledBraces: false };
}

function templateOf(reader: ProgramReader, template: Expression, style: LiteralStyle): StringValue {
  const { from: start, to: end } = template;
  const closed = end - start > 1 && reader.text.charAt(end - 1) === '`';
  const last = closed ? end - 1 : end;
  const pieces: Piece[] = [];
  let from = start + 1;
  for (const part of childrenOf(template)) {
    if (part.name === 'Interpolation') {
      pieces.push({ style, literal: start, start: from, end: part.from });
      reader.later(part);
      const expression = reader.text.slice(part.from + 2, part.to - 1).trim();
      pieces.push(hole(expression, part.from, part.to, start));
      from = part.to;
    }
  }
  pieces.push({ style, literal: start, start: from, end: last });
  return { kind: 'string', start, end, closed, pieces };
}
