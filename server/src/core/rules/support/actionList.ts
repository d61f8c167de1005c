import { appendItem, wrapInArray } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import type { Statement } from '../../model/policy';

/** How to add an action to the statement's own list; `undefined` where its shape leaves no place. */
export function actionListOf(statement: Statement): ((name: string) => readonly Edit[]) | undefined {
  const [element] = statement.actions;
  const value = element?.member.value;
  if (statement.actions.length !== 1 || element?.negated === true || value === undefined) {
    return undefined;
  }
  if (value.kind === 'array') {
    return (name) => [appendItem(value, name)];
  }
  return value.kind === 'string' ? (name) => wrapInArray(value, [name]) : undefined;
}
