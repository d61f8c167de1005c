import type { Statement } from '../model/policy';
import { type Cell, relationOf } from './cells';
import type { Contexts } from './context';
import type { Effort } from './effort';

/** Whether another statement applies to everything that one statement applies to, actions aside. Never wrongly true. */
export function coversCell(wide: Cell, narrow: Cell, contexts: Contexts, effort: Effort): boolean {
  if (wide.isOpen || narrow.isOpen) {
    return wide.id === narrow.id;
  }
  return (
    coversResources(wide, narrow, effort) &&
    coversPrincipals(wide.statement, narrow.statement) &&
    hasNoMore(wide, narrow, contexts)
  );
}

function coversResources(wide: Cell, narrow: Cell, effort: Effort): boolean {
  if (wide.hasNoResource) {
    return true;
  }
  if (narrow.hasNoResource) {
    return false;
  }
  const outer = wide.texts();
  const inner = narrow.texts();
  if (wide.isNotResource || narrow.isNotResource) {
    return wide.isNotResource === narrow.isNotResource && outer.own.every(({ text }) => inner.has(text));
  }
  return inner.own.every((each) => {
    if (outer.has(each.text)) {
      return true;
    }
    const others = outer.index.candidates(each.pattern);
    effort.spend(5 + others.length * (10 + each.text.length));
    return others.some((other) => relationOf(other, each) === 'covers');
  });
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
    (outer.includes('*') || isWithin(inner, outer))
  );
}

function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  const all = new Set(outer);
  return inner.every((entry) => all.has(entry));
}

function hasNoMore(wide: Cell, narrow: Cell, contexts: Contexts): boolean {
  return (
    contexts.find({
      hold: [narrow.statement],
      fail: [wide.statement],
      known: new Map(),
      everPresent: NO_KEYS,
    }).kind === 'none'
  );
}

const NO_KEYS: ReadonlySet<string> = new Set();
