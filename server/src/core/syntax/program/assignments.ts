import type { SyntaxNode as Expression } from '@lezer/common';
import { STATEMENT_ELEMENTS } from '../elementNames';
import { hosted } from './hosts';
import { merged, wrapStatement } from './libraryPolicies';
import { childrenOf, type ProgramLanguage, type ProgramReader } from './reader';
import { type ObjectValue, opaque, type ProgramEntry, type ProgramValue, unseenEntry } from './values';

const ELEMENTS: ReadonlySet<string> = new Set(STATEMENT_ELEMENTS);

/** The methods of a statement of the CDK that add to one of its elements; AWS CDK API Reference, `PolicyStatement`. */
const ADDING: ReadonlyMap<string, string> = new Map([
  ['addActions', 'Action'],
  ['add_actions', 'Action'],
  ['addNotActions', 'NotAction'],
  ['add_not_actions', 'NotAction'],
  ['addResources', 'Resource'],
  ['add_resources', 'Resource'],
  ['addNotResources', 'NotResource'],
  ['add_not_resources', 'NotResource'],
]);

/** What one variable is given. */
interface Filled {
  readonly entries: ProgramEntry[];
  readonly start: number;
  end: number;
  /** Whether it is a statement, whatever is in it. */
  readonly isStatement: boolean;
}

/**
 * Statements that are filled in element by element: by assignments, as `statement.Action = 'execute-api:Invoke'` in the
 * authorizers of Amazon API Gateway Developer Guide, "Use API Gateway Lambda authorizers", or by methods, as
 * `statement.addActions('s3:GetObject')`. Each is what one block gives to one variable; more may be given elsewhere.
 */
export function assignedPolicies(
  reader: ProgramReader,
  block: Expression,
  read: ProgramLanguage['read'],
): readonly ObjectValue[] {
  const groups: Filled[] = [];
  const current = new Map<string, Filled>();
  const silent: ProgramReader = { ...reader, later: () => undefined };
  for (const statement of childrenOf(block)) {
    const given = assigned(silent, statement, read) ?? added(silent, statement, read);
    if (given === undefined) {
      continue;
    }
    const { variable, entry, isAdded } = given;
    const group = current.get(variable);
    const isRepeated = group?.entries.some(({ key }) => key.name === entry.key.name) === true;
    // What is assigned once more is another statement under the same name.
    if (group === undefined || (isRepeated && !isAdded)) {
      const { start, end } = entry;
      const begun = { entries: [entry], start, end, isStatement: isAdded };
      current.set(variable, begun);
      groups.push(begun);
    } else {
      group.entries.push(entry);
      group.end = entry.end;
    }
  }
  return groups.flatMap(({ entries, start, end, isStatement }) => {
    // Its effect and its conditions are not among what is added.
    const all = isStatement ? [unseenEntry(start, start), ...merged(entries)] : entries;
    const object: ObjectValue = { kind: 'object', start, end, closed: false, entries: all };
    const policy = isStatement ? wrapStatement(object) : hosted(object, reader);
    return policy.kind === 'object' && policy.host?.isPolicy === true ? [policy] : [];
  });
}

interface Given {
  readonly variable: string;
  readonly entry: ProgramEntry;
  readonly isAdded: boolean;
}

function assigned(
  reader: ProgramReader,
  statement: Expression,
  read: ProgramLanguage['read'],
): Given | undefined {
  const [target, , value = statement] = partsOf(statement);
  const [variable, mark, property = statement] =
    target?.name === 'MemberExpression' ? [...childrenOf(target)] : [];
  if (variable?.name !== 'VariableName') {
    return undefined;
  }
  const name = nameOf(reader.text, mark?.name, property);
  if (name === undefined || !ELEMENTS.has(name)) {
    return undefined;
  }
  const entry: ProgramEntry = {
    key: { name, start: property.from, end: property.to },
    value: read(reader, value) ?? opaque(value.from, value.to),
    start: property.from,
    end: value.to,
  };
  return { variable: reader.text.slice(variable.from, variable.to), entry, isAdded: false };
}

/** `statement.addActions('s3:GetObject')`, of which each argument is one more in the list. */
function added(
  reader: ProgramReader,
  statement: Expression,
  read: ProgramLanguage['read'],
): Given | undefined {
  const call = expressionOf(statement);
  const [callee, list = call] = call.name === 'CallExpression' ? [...childrenOf(call)] : [];
  const [variable, , method = call] = callee?.name === 'MemberExpression' ? [...childrenOf(callee)] : [];
  if (variable?.name !== 'VariableName') {
    return undefined;
  }
  const { from: start, to: end } = method;
  const name = ADDING.get(reader.text.slice(start, end));
  if (name === undefined) {
    return undefined;
  }
  const items = [...childrenOf(list)]
    .filter((argument) => !/^[(),]$/.test(argument.name) && !argument.type.isError)
    .map((argument) => read(reader, argument) ?? opaque(argument.from, argument.to));
  const value: ProgramValue = { kind: 'array', start: list.from, end: list.to, closed: false, items };
  const entry: ProgramEntry = { key: { name, start, end }, value, start, end: list.to };
  return { variable: reader.text.slice(variable.from, variable.to), entry, isAdded: true };
}

/** What is assigned to, the sign, and what is assigned. */
function partsOf(statement: Expression): readonly Expression[] {
  const assignment = expressionOf(statement);
  const isAssignment = /^Assign(?:mentExpression|Statement)$/.test(assignment.name);
  const parts = isAssignment ? [...childrenOf(assignment)] : [];
  return parts.length === 3 && /^(?:Equals|AssignOp)$/.test(parts[1]?.name ?? '') ? parts : [];
}

function expressionOf(statement: Expression): Expression {
  return statement.name === 'ExpressionStatement' ? (statement.firstChild ?? statement) : statement;
}

function nameOf(text: string, mark: string | undefined, property: Expression): string | undefined {
  const written = text.slice(property.from, property.to);
  return mark === '.' ? written : /^(['"])(\w+)\1$/.exec(written)?.[2];
}
