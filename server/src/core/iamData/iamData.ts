import { memoize } from '../pattern/memo';
import { compilePattern, hasWildcard, matches } from '../pattern/pattern';
import { holdsTemplate } from '../pattern/templates';
import { decodeKey, keyLookup, placeholderTest } from './conditionKeys';
import { fullDescription } from './descriptions';
import {
  type GlobalKeyRow,
  type IndexFile,
  LAYOUT,
  type ProseLine,
  type ProseParts,
  type ServiceRow,
} from './layout';
import { ADDED_ARN_NAMESPACES, ADDED_GLOBAL_KEYS, ENDED_ARN_NAMESPACES, GLOBAL_KEY_TYPES } from './overlay';
import { decodeService } from './service';
import type { Action, ConditionKey, GlobalConditionKey, KeyCategory, Service, ServiceEntry } from './types';

/** The compiled texts, in ASCII or Latin-1. A line is asked for at most once, when it is first needed. */
export interface IamDataAssets {
  readonly index: string;
  /** The line of the facts that begins at an offset, without its end. */
  facts(offset: number): string;
  /** The same of the prose. */
  prose(offset: number): string;
}

/** Reads the lines of a text that is fetched whole when the first of them is wanted. */
export function linesOf(load: () => string): (offset: number) => string {
  let text: string | undefined;
  return (offset) => {
    text ??= load();
    return text.slice(offset, text.indexOf('\n', offset));
  };
}

/** The service reference. What is absent may be younger than the data: absence is no proof of a mistake. */
export interface IamData {
  /** Version of the data package, for the status item and reports. */
  readonly version: string;
  /** The day on which the data was collected, `YYYY-MM-DD`. */
  readonly date: string;
  /** Services that evaluate resource control policies, as lower-case prefixes. */
  readonly rcpSupportedServices: ReadonlySet<string>;
  /** Every service, by prefix. Does not touch the facts. */
  services(): readonly ServiceEntry[];
  service(prefix: string): Service | undefined;
  /** `prefix:Name`, ignoring case, without wildcards. */
  action(id: string): Action | undefined;
  /**
   * The actions that a pattern covers: `*`, `s3:Get*`, `s?:*`, ignoring case. Empty for a pattern that lacks
   * the colon and is not a run of stars. `*` decodes every service: ask `coversAnyAction` where that is enough.
   */
  expandActions(pattern: string): readonly Action[];
  coversAnyAction(pattern: string): boolean;
  /** Keys that may be present in every service's requests. */
  globalConditionKeys(): readonly GlobalConditionKey[];
  globalConditionKey(name: string): GlobalConditionKey | undefined;
  /** A global key, or else the key of whichever service defines it (`saml:aud` is defined by sts). */
  conditionKey(name: string): ConditionKey | undefined;
  /** Whether an ARN may name this in its service field. More than the action prefixes: `catalog`. */
  isArnNamespace(name: string): boolean;
  /** Every name that `isArnNamespace` accepts, by code unit. */
  arnNamespaces(): readonly string[];
  /** AWS's one sentence about an action, from the prose. */
  actionDescription(service: string, action: string): string | undefined;
  /** AWS's one sentence about a key as the given service uses it, from the prose. Global keys have none. */
  conditionKeyDescription(service: string, key: string): string | undefined;
}

/**
 * Opens the service reference. Parses the index only; a service's facts are parsed when it is first asked for, and
 * everything is computed once. Throws if the texts are of another layout than this code: that is a broken build.
 */
export function createIamData(assets: IamDataAssets): IamData {
  const index = JSON.parse(assets.index) as IndexFile;
  if (index.layout !== LAYOUT) {
    throw new Error(`The service reference has layout ${index.layout}, not ${LAYOUT}: compile it again.`);
  }
  const rows = new Map(index.services.map((row) => [row[0], row]));
  const entries = index.services.map(toEntry);

  const decoded = memoizedByRow((row) => decodeService(toEntry(row), assets.facts(row[3])));
  // Services are asked for in the same few spellings, thousands of times.
  const service = memoize((prefix): Service | undefined => decoded(rows.get(prefix.toLowerCase())));
  const action = (id: string): Action | undefined => {
    const colon = id.indexOf(':');
    return colon === -1 ? undefined : service(id.slice(0, colon))?.action(id.slice(colon + 1));
  };
  /** @param most of so many no more are looked for: whether there is any costs one service and not all */
  const matchingActions = (pattern: string, most: number): readonly Action[] => {
    const found: Action[] = [];
    const parts = splitPattern(pattern);
    if (parts === undefined) {
      return found;
    }
    const prefixes = hasWildcard(parts.service)
      ? [...rows.keys()].filter(nameTest(parts.service))
      : [parts.service];
    const isMatched = nameTest(parts.name);
    for (const prefix of prefixes) {
      const owner = service(prefix);
      for (const name of owner?.actionNames() ?? []) {
        const each = isMatched(name) ? owner?.action(name) : undefined;
        if (each !== undefined) {
          found.push(each);
          if (found.length === most) {
            return found;
          }
        }
      }
    }
    return found;
  };
  const expansions = memoize((pattern) => matchingActions(pattern, Number.POSITIVE_INFINITY));
  const coverings = memoize((pattern) => matchingActions(pattern, 1).length > 0);

  const globalKeys = [...index.globalKeys, ...ADDED_GLOBAL_KEYS.filter(isMissingFrom(index.globalKeys))].map(
    decodeGlobalKey,
  );
  const globalConditionKey = keyLookup(globalKeys);
  const foreignPrefixes = index.keyPrefixes.map(([prefix, owners]) => ({
    matches: placeholderTest(prefix),
    owners,
  }));
  const findConditionKey = (name: string): ConditionKey | undefined => {
    const globalKey = globalConditionKey(name);
    if (globalKey !== undefined) {
      return globalKey;
    }
    const prefix = name.slice(0, Math.max(0, name.indexOf(':')));
    const own = service(prefix)?.conditionKey(name);
    if (own !== undefined) {
      return own;
    }
    for (const foreign of foreignPrefixes) {
      for (const owner of foreign.matches(prefix) ? foreign.owners : []) {
        const key = service(owner)?.conditionKey(name);
        if (key !== undefined) {
          return key;
        }
      }
    }
    return undefined;
  };

  // Every rule about conditions asks for the same few keys.
  const foundKeys = memoize((name) => ({ key: findConditionKey(name) }));

  const namespaces = new Set(
    [...rows.keys(), ...index.arnNamespaces, ...ADDED_ARN_NAMESPACES].filter(
      (name) => !ENDED_ARN_NAMESPACES.has(name),
    ),
  );
  const prose = memoizedByRow((row) => JSON.parse(assets.prose(row[4])) as ProseLine);
  let parts: ProseParts | undefined;
  /** The package gives an empty text where AWS says nothing. */
  const described = (texts: readonly string[] = [], position: number, name: string): string | undefined => {
    const text = texts[position] ?? '';
    parts ??= JSON.parse(assets.prose(0)) as ProseParts;
    return text === '' ? undefined : fullDescription(text, name, parts);
  };

  return {
    version: index.version,
    date: index.date,
    rcpSupportedServices: new Set(index.rcpServices),
    services: () => entries,
    service,
    action,
    expandActions: (pattern) => {
      if (!isLiteral(pattern)) {
        return expansions(pattern);
      }
      const only = action(pattern);
      return only === undefined ? NO_ACTIONS : [only];
    },
    coversAnyAction: (pattern) => (isLiteral(pattern) ? action(pattern) !== undefined : coverings(pattern)),
    globalConditionKeys: () => globalKeys,
    globalConditionKey,
    conditionKey: (name) => foundKeys(name).key,
    isArnNamespace: (name) => namespaces.has(name.toLowerCase()),
    arnNamespaces: () => [...namespaces].sort(),
    actionDescription: (prefix, name) => {
      const owner = service(prefix);
      const found = owner?.action(name);
      return (
        owner &&
        found &&
        described(prose(rows.get(owner.prefix))?.actions, owner.actions().indexOf(found), found.name)
      );
    },
    conditionKeyDescription: (prefix, name) => {
      const owner = service(prefix);
      const key = owner?.conditionKey(name);
      return (
        owner &&
        key &&
        described(prose(rows.get(owner.prefix))?.keys, owner.conditionKeys().indexOf(key), key.name)
      );
    },
  };
}

const NO_ACTIONS: readonly Action[] = [];

function toEntry([prefix, name, actionCount]: ServiceRow): ServiceEntry {
  return { prefix, name, actionCount };
}

function decodeGlobalKey([name, rowType, category]: GlobalKeyRow): GlobalConditionKey {
  const key = decodeKey([name, rowType]);
  const [type = key.type, alternativeType] = GLOBAL_KEY_TYPES.get(name.toLowerCase()) ?? [];
  return {
    ...key,
    type,
    ...(alternativeType === undefined ? {} : { alternativeType }),
    category: category as KeyCategory,
  };
}

/** An addition steps back when the package has come to list the key itself. */
function isMissingFrom(rows: readonly GlobalKeyRow[]): (row: GlobalKeyRow) => boolean {
  const listed = new Set(rows.map(([name]) => name.toLowerCase()));
  return ([name]) => !listed.has(name.toLowerCase());
}

/** `*` alone covers everything; any other pattern has a colon. */
function splitPattern(pattern: string): { readonly service: string; readonly name: string } | undefined {
  if (/^\*+$/.test(pattern)) {
    return { service: '*', name: '*' };
  }
  const colon = pattern.indexOf(':');
  return colon === -1 ? undefined : { service: pattern.slice(0, colon), name: pattern.slice(colon + 1) };
}

/** Whether a text stands for itself alone: without wildcards, and without what a template is to fill in. */
function isLiteral(text: string): boolean {
  return !(/[*?]/.test(text) || holdsTemplate(text));
}

/**
 * Whether names are matched by a pattern, in whatever case. A service has hundreds, which mostly begin with another
 * verb.
 */
function nameTest(wanted: string): (name: string) => boolean {
  const folded = wanted.toLowerCase();
  const pattern = compilePattern(folded, { case: 'ignore' });
  const first = folded.charCodeAt(0);
  const isFirstOpen = !/^[a-z]/.test(folded);
  return (name) =>
    (isFirstOpen || (name.charCodeAt(0) | 0x20) === first) && matches(pattern, name.toLowerCase());
}

function memoizedByRow<T>(compute: (row: ServiceRow) => T): (row: ServiceRow | undefined) => T | undefined {
  const values = new Map<ServiceRow, T>();
  return (row) => {
    if (row !== undefined && !values.has(row)) {
      values.set(row, compute(row));
    }
    return row && values.get(row);
  };
}
