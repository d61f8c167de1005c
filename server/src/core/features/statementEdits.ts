import { insertItemAfter, wrapInArray } from '../lint/edits';
import type { JsonValue } from '../lint/layout';
import type { Edit } from '../lint/rule';
import type { Policy, Statement } from '../model/policy';
import { sidGiver } from '../rules/support/freeSid';

/**
 * The Sid for a statement that comes to others, where these have one; none where nobody gave any.
 *
 * @param wanted letters and digits alone, as IAM takes them in every policy
 */
export function sidBeside(policy: Policy, wanted: string): { readonly Sid?: string } {
  const isUsual = policy.statements.some(({ sid }) => sid !== undefined && sid.value !== '');
  return isUsual ? { Sid: sidGiver(policy)(wanted) } : {};
}

/** Writes a statement behind another one, which becomes a list where it stands alone. */
export function insertStatementAfter(statement: Statement, value: JsonValue): readonly Edit[] {
  const { parent } = statement.node;
  if (parent?.kind === 'array') {
    return [insertItemAfter(parent, parent.items.indexOf(statement.node), value)];
  }
  return wrapInArray(statement.node, [value]);
}
