import type { SyntaxNode as Expression } from '@lezer/common';
import { valueOfCall } from './libraries';
import {
  childrenOf,
  frameOfCall,
  type ProgramLanguage,
  type ProgramReader,
  pathOf,
  readOnce,
  unwrapped,
} from './reader';
import {
  type ObjectValue,
  type ProgramEntry,
  type ProgramValue,
  type StringValue,
  unseenEntry,
} from './values';

/** Calls of Python, whose arguments may have names. */

/** Reads an expression within another one. */
type ReadWithin = (reader: ProgramReader, expression: Expression) => ProgramValue;

/** What stands between the commas of a list, without its brackets. */
export function partsBetweenCommas(list: Expression): readonly (readonly Expression[])[] {
  let part: Expression[] = [];
  const parts = [part];
  for (const child of childrenOf(list)) {
    if (child.name === ',') {
      part = [];
      parts.push(part);
    } else if (!BRACKET.test(child.name)) {
      part.push(child);
    }
  }
  return parts;
}

const BRACKET = /^[()[\]{}]$/;

type Argument = readonly [Expression, ...Expression[]];

/** The arguments of a call, without what is faulty in them. */
function argumentsOf(list: Expression): readonly Argument[] {
  return partsBetweenCommas(list).flatMap((part): readonly Argument[] => {
    const [first, ...others] = part.filter(({ type }) => !type.isError);
    return first === undefined ? [] : [[first, ...others]];
  });
}

/**
 * `'arn:aws:s3:::{}/*'.format(bucket)`: Python Library Reference, "Format String Syntax"; `Output.format` of Pulumi takes the
 * same (Pulumi Python SDK, "pulumi.Output").
 */
export function readFormat(
  reader: ProgramReader,
  expression: Expression,
  stringOf: (text: Expression) => StringValue,
): ProgramValue | undefined {
  const [callee = expression, list = expression] = childrenOf(expression);
  const { path } = pathOf(reader, callee);
  if (callee.name !== 'MemberExpression' || path.at(-1) !== 'format') {
    return undefined;
  }
  const [first, ...others] = argumentsOf(list).flat();
  const isOutput = path.at(-2) === 'Output';
  const text = isOutput ? first : callee.firstChild && unwrapped(callee.firstChild);
  if (text?.name !== 'String' && text?.name !== 'ContinuedString') {
    return undefined;
  }
  for (const each of isOutput ? others : [list]) {
    reader.later(each);
  }
  return { ...stringOf(text), start: expression.from, end: expression.to };
}

/** Reads a call; `undefined` if nothing is known about it. */
export function readCall(
  reader: ProgramReader,
  expression: Expression,
  read: ProgramLanguage['read'],
  valueAt: ReadWithin,
): ProgramValue | undefined {
  const [callee = expression, list = expression] = childrenOf(expression);
  if (!/^(?:MemberExpression|VariableName)$/.test(callee.name)) {
    return undefined;
  }
  const parts = argumentsOf(list);
  return valueOfCall({
    ...frameOfCall(reader, expression, callee, read),
    args: readOnce(() =>
      parts.flatMap((part) => {
        const [only, ...others] = part;
        return others.length === 0 ? [valueAt(reader, only)] : [];
      }),
    ),
    named: readOnce(() => parts.flatMap((part) => namedArgument(reader, part, valueAt))),
    isInPlace: IN_PLACE.has(expression.parent?.name ?? ''),
    isOpen: [...childrenOf(list)].some(({ name }) => /^\*\*?$/.test(name)) || !reader.isWhole(expression),
  });
}

/** `create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(…))`. */
export function namedArguments(
  reader: ProgramReader,
  expression: Expression,
  valueAt: ReadWithin,
): ObjectValue | undefined {
  if (expression.name !== 'CallExpression') {
    return undefined;
  }
  const [callee = expression, list = expression] = childrenOf(expression);
  const parts = argumentsOf(list);
  if (!parts.some(([, sign]) => sign?.name === 'AssignOp')) {
    return undefined;
  }
  reader.later(callee);
  const entries = parts.flatMap((part) => {
    const named = namedArgument(reader, part, valueAt);
    for (const each of named.length === 0 ? part : []) {
      reader.later(each);
    }
    return named;
  });
  const host = { takenBy: pathOf(reader, callee).path.join('.') };
  return { kind: 'object', start: list.from, end: list.to, closed: false, entries, host };
}

function namedArgument(
  reader: ProgramReader,
  [name, sign, ...values]: Argument,
  valueAt: ReadWithin,
): readonly ProgramEntry[] {
  const { from: start, to: end } = name;
  if (name.name === '**') {
    reader.later(sign ?? name);
    return [unseenEntry(start, end)];
  }
  if (sign?.name !== 'AssignOp') {
    return [];
  }
  const key = { name: reader.text.slice(start, end), start, end };
  const [value] = values;
  return [{ key, value: value && valueAt(reader, value), start, end: (value ?? sign).to }];
}

/** What an expression stands in where nobody can get hold of its value under a name. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'ArgList',
  'ArrayExpression',
  'TupleExpression',
  'DictionaryExpression',
]);
