import { insertItemAfter, wrapInArray } from '../lint/edits';
import type { JsonValue } from '../lint/layout';
import type { Edit } from '../lint/rule';
import type { Statement } from '../model/policy';

/** Writes a statement behind another one, which becomes a list where it stands alone. */
export function insertStatementAfter(statement: Statement, value: JsonValue): readonly Edit[] {
  const { parent } = statement.node;
  if (parent?.kind === 'array') {
    return [insertItemAfter(parent, parent.items.indexOf(statement.node), value)];
  }
  return wrapInArray(statement.node, [value]);
}
