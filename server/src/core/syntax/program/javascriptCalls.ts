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
import { opaque, type ProgramValue } from './values';

/** Calls of TypeScript and JavaScript. */

/** Reads an expression within another one. */
type ReadWithin = (reader: ProgramReader, expression: Expression) => ProgramValue;

/** A call of a function, a method or a class, if it comes to a value of a policy. */
export function readCall(
  reader: ProgramReader,
  expression: Expression,
  read: ProgramLanguage['read'],
  valueAt: ReadWithin,
): ProgramValue | undefined {
  const children = [...childrenOf(expression)];
  const called = children.find(({ name }) => CALLEES.has(name));
  const callee = called?.name === 'InstantiationExpression' ? called.firstChild : called;
  const list = children.find(({ name }) => name === 'ArgList');
  if (!callee) {
    return undefined;
  }
  if (reader.text.endsWith(SNAPSHOT, callee.to)) {
    reader.later(callee);
    return opaque(expression.from, expression.to);
  }
  const args = list === undefined ? [] : [...childrenOf(list)];
  return valueOfCall({
    ...frameOfCall(reader, expression, callee, read),
    args: readOnce(() =>
      args
        .filter(({ name, type }) => !/^[(),]$|^Spread$/.test(name) && !type.isError)
        .map((argument) => valueAt(reader, argument)),
    ),
    named: () => [],
    isInPlace: IN_PLACE.has(expression.parent?.name ?? ''),
    isOpen: list === undefined || args.some(({ name }) => name === 'Spread') || !reader.isWhole(expression),
  });
}

/** The objects that a call takes as they stand, `new PutBucketPolicyCommand({ … })`; what else stands in it is handed back. */
export function readTaken(
  reader: ProgramReader,
  expression: Expression,
  valueAt: ReadWithin,
): readonly ProgramValue[] | undefined {
  const [callee = expression, list] = CALLS.has(expression.name) ? [...childrenOf(expression)].slice(-2) : [];
  if (list?.name !== 'ArgList') {
    return undefined;
  }
  const takenBy = pathOf(reader, callee).path.join('.');
  reader.later(callee);
  return [...childrenOf(list)].flatMap((argument): readonly ProgramValue[] => {
    if (argument.name !== 'ObjectExpression') {
      reader.later(argument);
      return [];
    }
    const object = valueAt(reader, argument);
    return [object.kind === 'object' ? { ...object, host: { takenBy } } : object];
  });
}

/** What Jest writes into these is no JSON, since commas follow last entries; Jest documentation, "Snapshot Testing". */
const SNAPSHOT = '.toMatchInlineSnapshot';

const CALLS: ReadonlySet<string> = new Set(['CallExpression', 'NewExpression']);
const CALLEES: ReadonlySet<string> = new Set([
  'MemberExpression',
  'VariableName',
  'InstantiationExpression',
  'super',
]);

/** What an expression stands in where nobody can get hold of its value under a name. */
const IN_PLACE: ReadonlySet<string> = new Set(['ArgList', 'ArrayExpression', 'Property']);
