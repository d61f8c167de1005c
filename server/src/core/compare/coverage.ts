import { RequestKeys } from '../evaluate/conditions/requestKeys';
import type { Statement } from '../model/policy';
import { type Cell, relationOf } from './cells';
import { findContext } from './context';

/** Whether all that one statement speaks of, actions aside, another speaks of as well. Never wrongly true. */
export function coversCell(wide: Cell, narrow: Cell): boolean {
  if (wide.isOpen || narrow.isOpen) {
    return wide.id === narrow.id;
  }
  return (
    coversPrincipals(wide.statement, narrow.statement) &&
    coversResources(wide, narrow) &&
    hasNoMore(wide, narrow)
  );
}

function coversResources(wide: Cell, narrow: Cell): boolean {
  if (wide.hasNoResource) {
    return true;
  }
  const none = new RequestKeys();
  const outer = wide.resources(none, '');
  if (wide.isNotResource || narrow.isNotResource) {
    return (
      wide.isNotResource === narrow.isNotResource &&
      outer.every(({ text }) => narrow.resources(none, '').some((each) => each.text === text))
    );
  }
  return narrow
    .resources(none, '')
    .every((inner) => outer.some((each) => each.text === inner.text || relationOf(each, inner) === 'covers'));
}

function coversPrincipals(wide: Statement, narrow: Statement): boolean {
  const entries = (statement: Statement): readonly string[] | undefined =>
    statement.principals.some(({ negated, entries: each }) => negated || each.length === 0)
      ? undefined
      : statement.principals.flatMap(({ entries: each }) =>
          each.map(({ type, text }) => (text === '*' ? '*' : `${type?.value ?? 'AWS'} ${text}`)),
        );
  const [outer, inner] = [entries(wide), entries(narrow)];
  return (
    outer !== undefined &&
    inner !== undefined &&
    (inner.length > 0 || outer.length === 0) &&
    (outer.includes('*') || inner.every((entry) => outer.includes(entry)))
  );
}

function hasNoMore(wide: Cell, narrow: Cell): boolean {
  return (
    findContext({
      hold: [narrow.statement],
      fail: [wide.statement],
      known: new Map(),
      everPresent: new Set(),
      columns: new Map(),
    }).kind === 'none'
  );
}
