import type { PolicyType } from '../locate/policyType';
import type { Policy, PrincipalElement, PrincipalEntry, Statement } from '../model/policy';
import type { Application } from './application';
import { accountKey, type Caller, callerKeys, identityKey, serviceKey } from './caller';
import { mayName, type OpenPart, openParts } from './openPrincipals';
import { accountEntry } from './principalEntry';

/** The entries that may name a caller: of a long list few do. */
export function relevantParts(
  element: PrincipalElement,
  caller: Caller,
): { readonly entries: readonly PrincipalEntry[]; readonly unknown: readonly Application[] } {
  const { entries } = element;
  const mayBe = (parts: readonly OpenPart[]): readonly Application[] =>
    parts.filter((part) => mayName(part, caller, element)).map(({ application }) => application);
  if (entries.length < MANY) {
    return { entries, unknown: mayBe(openParts(element)) };
  }
  const known = ELEMENTS.get(element) ?? {
    index: indexOf(entries, (entry) => {
      const key = entryKey(entry);
      return key === undefined ? undefined : [key];
    }),
    open: openParts(element),
  };
  ELEMENTS.set(element, known);
  const { index, open } = known;
  const keys = callerKeys(caller);
  return { entries: keys === undefined ? entries : found(index, keys), unknown: mayBe(open) };
}

/** The statements of a policy that may apply to a caller. */
export function relevantStatements(policy: Policy, caller: Caller): readonly Statement[] {
  const keys = callerKeys(caller);
  const { statements } = policy;
  if (keys === undefined || statements.length < MANY || !NAMES_PRINCIPALS.has(policy.kind.type)) {
    return statements;
  }
  const index = STATEMENTS.get(policy) ?? indexOf(statements, statementKeys);
  STATEMENTS.set(policy, index);
  return found(index, keys);
}

/**
 * The statements that name a caller, or its account, for each caller; `undefined` for one whom a statement may name that
 * has none of its names.
 */
export function mentionsOf(
  statements: readonly Statement[],
): (caller: Caller) => ReadonlySet<Statement> | undefined {
  const { byKey } = indexOf(statements, ({ principals }) =>
    principals.flatMap(({ entries }) => entries.flatMap((entry) => entryKey(entry) ?? [])),
  );
  return (caller) => {
    // Of somebody who is not known no name is looked at.
    const keys = caller.kind === 'unknown' ? [] : callerKeys(caller);
    return keys && new Set(keys.flatMap((key) => byKey.get(key) ?? []).flatMap((at) => statements[at] ?? []));
  };
}

/** Fewer are looked through. */
const MANY = 24;

const NAMES_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/** Where each thing stands in a list, by whom it names; `others` may name anybody. */
interface Index<Item> {
  readonly items: readonly Item[];
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
}

const ELEMENTS = new WeakMap<
  PrincipalElement,
  { readonly index: Index<PrincipalEntry>; readonly open: readonly OpenPart[] }
>();
const STATEMENTS = new WeakMap<Policy, Index<Statement>>();

/** @param keysOf whom an item may name; `undefined` where it may name anybody */
function indexOf<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => Iterable<string> | undefined,
): Index<Item> {
  const byKey = new Map<string, number[]>();
  const others: number[] = [];
  items.forEach((item, at) => {
    const keys = keysOf(item);
    if (keys === undefined) {
      others.push(at);
    }
    for (const key of keys ?? []) {
      const places = byKey.get(key);
      if (places === undefined) {
        byKey.set(key, [at]);
      } else {
        places.push(at);
      }
    }
  });
  return { items, byKey, others };
}

/** In their order. */
function found<Item>({ items, byKey, others }: Index<Item>, keys: readonly string[]): readonly Item[] {
  const own = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
  const places = own.size === 0 ? others : [...others, ...own].sort((a, b) => a - b);
  return places.flatMap((at) => items[at] ?? []);
}

/** By what {@link callerKeys} has for whoever the entry may name; `undefined` where it may name anybody. */
function entryKey(entry: PrincipalEntry): string | undefined {
  switch (entry.type?.value) {
    case 'AWS': {
      const account = accountEntry(entry);
      return account === undefined ? identityKey(entry.text) : accountKey(account);
    }
    case 'Service':
      return serviceKey(entry.text);
    default:
      return undefined;
  }
}

/** Only of a statement that names nothing but accounts, roles, users and services. */
function statementKeys({ principals }: Statement): ReadonlySet<string> | undefined {
  const [element, ...others] = principals;
  if (element === undefined || others.length > 0 || element.negated || openParts(element).length > 0) {
    return undefined;
  }
  const keys = new Set<string>();
  for (const entry of element.entries) {
    const key = entryKey(entry);
    if (key === undefined) {
      return undefined;
    }
    keys.add(key);
  }
  return keys;
}
