import { isEverybody } from '../evaluate/principalEntry';
import type { Statement } from '../model/policy';
import { type Cell, relationOf } from './cells';
import type { Contexts } from './context';
import type { Effort } from './effort';
import { namesAll, principalInBranch, principalOf } from './entryTexts';

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

function coversPrincipals({ principals: wide }: Statement, { principals: narrow }: Statement): boolean {
  if ([...wide, ...narrow].some((element) => element.negated || !namesAll(element))) {
    return false;
  }
  const outer = wide.flatMap(({ entries }) => entries);
  const inner = narrow.flatMap(({ entries }) => entries);
  // What is in a branch is there where the branch is taken.
  const always = new Set(outer.map(principalInBranch));
  return (
    (inner.length > 0 || outer.length === 0) &&
    (outer.some((entry) => isEverybody(entry) && always.has(principalOf(entry))) ||
      inner.every((entry) => always.has(principalOf(entry)) || always.has(principalInBranch(entry))))
  );
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
