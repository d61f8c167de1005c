import type { SyntaxNode as Expression } from '@lezer/common';
import { valueOfCall } from './libraries';
import {
  childrenOf,
  frameOfCall,
  type ProgramLanguage,
  type ProgramReader,
  pathOf,
  readOnce,
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
export function partsBetweenCommas(
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

/**
 * `'arn:aws:s3:::{}/*'.format(bucket)`: Python Library Reference, "Format String Syntax"; `Output.format` of Pulumi takes the
 * same (Pulumi Python SDK, "pulumi.Output").
 */
export function readFormat(
  reader: ProgramReader,
  expression: Expression,
  stringOf: (text: Expression) => StringValue | undefined,
): ProgramValue | undefined {
  const [callee, list] = [...childrenOf(expression)];
  const method = callee?.name === 'MemberExpression' ? callee.lastChild : null;
  if (callee === undefined || !method || reader.text.slice(method.from, method.to) !== 'format') {
    return undefined;
  }
  const [of] = [...childrenOf(callee)];
  const isOutput =
    of !== undefined && /(?:^|\.)Output$/.test(reader.text.slice(Math.max(of.from, of.to - 100), of.to));
  const text = isOutput && list !== undefined ? [...childrenOf(list)][1] : of;
  if (text?.name !== 'String') {
    return undefined;
  }
  for (const each of list === undefined ? [] : childrenOf(list)) {
    if (each !== text) {
      reader.later(each);
    }
  }
  const value = stringOf(text);
  return value && { ...value, start: expression.from, end: expression.to };
}

/** Reads a call; `undefined` for one of which nothing is known. */
export function readCall(
  reader: ProgramReader,
  expression: Expression,
  read: ProgramLanguage['read'],
  valueAt: ReadWithin,
): ProgramValue | undefined {
  const children = [...childrenOf(expression)];
  const callee = children.find(({ name }) => name === 'MemberExpression' || name === 'VariableName');
  const list = children.find(({ name }) => name === 'ArgList');
  if (callee === undefined || list === undefined) {
    return undefined;
  }
  const parts = partsBetweenCommas(list, '(', ')').map((part) => part.filter(({ type }) => !type.isError));
  return valueOfCall({
    ...frameOfCall(reader, expression, callee, read),
    args: readOnce(() =>
      parts.flatMap((part) => {
        const [only] = part;
        return part.length === 1 && only !== undefined ? [valueAt(reader, only)] : [];
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
  part: readonly Expression[],
  valueAt: ReadWithin,
): readonly ProgramEntry[] {
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
