import type { SyntaxNode as Expression } from '@lezer/common';
import { childrenOf, type ProgramLanguage, type ProgramReader } from './reader';
import { type ObjectValue, opaque, type ProgramEntry } from './values';

/** The elements of a statement; IAM User Guide, "Grammar of the IAM JSON policy language". */
const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/**
 * Statements that are filled in element by element, as `statement.Action = 'execute-api:Invoke'` in the authorizers of Amazon
 * API Gateway Developer Guide, "Use API Gateway Lambda authorizers": what the assignments of one block give to one
 * variable. More may be assigned elsewhere.
 */
export function assignedObjects(
  reader: ProgramReader,
  block: Expression,
  read: ProgramLanguage['read'],
): readonly ObjectValue[] {
  const groups: ProgramEntry[][] = [];
  const current = new Map<string, ProgramEntry[]>();
  const silent: ProgramReader = { ...reader, later: () => undefined };
  for (const statement of childrenOf(block)) {
    const [target, , value] = partsOf(statement);
    const [variable, mark, property] = target?.name === 'MemberExpression' ? [...childrenOf(target)] : [];
    if (variable?.name !== 'VariableName' || property === undefined || value === undefined) {
      continue;
    }
    const name = nameOf(reader.text, mark?.name, property);
    if (name === undefined || !ELEMENTS.has(name)) {
      continue;
    }
    const of = reader.text.slice(variable.from, variable.to);
    const entry: ProgramEntry = {
      key: { name, start: property.from, end: property.to },
      value: read(silent, value) ?? opaque(value.from, value.to),
      start: property.from,
      end: value.to,
    };
    const group = current.get(of);
    // What is assigned once more is another statement under the same name.
    if (group === undefined || group.some(({ key }) => key.name === name)) {
      const begun = [entry];
      current.set(of, begun);
      groups.push(begun);
    } else {
      group.push(entry);
    }
  }
  return groups.map((entries) => ({
    kind: 'object',
    start: entries[0]?.start ?? block.from,
    end: entries.at(-1)?.end ?? block.to,
    closed: false,
    entries,
  }));
}

/** What is assigned to, the sign, and what is assigned. */
function partsOf(statement: Expression): readonly Expression[] {
  const assignment =
    statement.name === 'ExpressionStatement'
      ? statement.firstChild
      : statement.name === 'AssignStatement'
        ? statement
        : null;
  const isAssignment = assignment !== null && /^Assign(?:mentExpression|Statement)$/.test(assignment.name);
  const parts = isAssignment ? [...childrenOf(assignment)] : [];
  return parts.length === 3 && /^(?:Equals|AssignOp)$/.test(parts[1]?.name ?? '') ? parts : [];
}

function nameOf(text: string, mark: string | undefined, property: Expression): string | undefined {
  const written = text.slice(property.from, property.to);
  if (mark === '.') {
    return written;
  }
  return mark === '[' && property.name === 'String' ? written.slice(1, -1) : undefined;
}
