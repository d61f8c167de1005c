import { isNear, nearest, nearestNames } from '../pattern/nearest';
import { hasWildcard } from '../pattern/pattern';
import type { IamData } from './iamData';
import { ACTION_NICKNAMES } from './overlay/actionNicknames';
import { API_GATEWAY_METHODS, API_OPERATIONS } from './overlay/apiOperations';
import { COMMON_SERVICES, RELATED_SERVICES } from './overlay/relatedServices';
import { SERVICE_ALIASES } from './overlay/serviceAliases';

/** What was probably meant by an action or a service that the reference does not know. */
export interface Meant {
  /** One where it is certain enough to be offered. Prefixes of services, or ids of actions in the documented spelling. */
  readonly names: readonly string[];
  /**
   * `name`: that is what people call it. `spelling`: by its letters. `operation`: an operation of the API, whose permission
   * has another name. `owner`: another service has the action.
   */
  readonly by: 'name' | 'spelling' | 'operation' | 'owner';
}

/**
 * The services that were meant by an unknown prefix, with regard to the action after it, which may be a pattern. A
 * wrong answer is worse than none: a service whose prefix is only similar must have the action.
 */
export function meantServices(prefix: string, name: string, iamData: IamData): Meant | undefined {
  const named = namedServices(prefix, iamData);
  if (named !== undefined) {
    const having = named.filter((candidate) => hasAction(candidate, name, iamData));
    const isSpelling = named.map(foldedServiceName).includes(foldedServiceName(prefix));
    return { names: having.length > 0 ? having : named, by: isSpelling ? 'spelling' : 'name' };
  }
  const near = nearestNames(prefix.trim(), prefixesOf(iamData));
  const fitting = near.filter((candidate) => hasAction(candidate, name, iamData));
  if (fitting.length === 1 && (near.length === 1 || !hasWildcard(name))) {
    // Three letters are near to too many others.
    return prefix.length > 3 || !hasWildcard(name) ? { names: fitting, by: 'spelling' } : undefined;
  }
  // That some other service has the action is no proof: services come and go, and names repeat themselves.
  return near.length === 1 && prefix.length > LONG_PREFIX ? { names: near, by: 'spelling' } : undefined;
}

/** A longer prefix is misspelt, even where the action behind it is as well. */
const LONG_PREFIX = 5;

/** The one service that has a name which is not its prefix: `elasticloadbalancing` for `elbv2`. */
export function serviceCalled(name: string, iamData: IamData): string | undefined {
  const named = namedServices(name, iamData);
  return named?.length === 1 ? named[0] : undefined;
}

/** What an action that the service does not have was meant to be, as ids of actions; `name` has no wildcard. */
export function meantActions(service: string, name: string, iamData: IamData): Meant | undefined {
  const operation = permissionsOf(service, name);
  if (operation !== undefined) {
    return { names: operation, by: 'operation' };
  }
  const called = ACTION_NICKNAMES.get(`${service}:${name}`.toLowerCase());
  if (called !== undefined) {
    return { names: called, by: 'name' };
  }
  const same = sameButForm(service, name, iamData);
  if (same !== undefined) {
    return { names: [`${service}:${same}`], by: 'spelling' };
  }
  const owner = relatedOwner(service, name, iamData) ?? soleOwner(service, name, iamData);
  if (owner !== undefined) {
    return { names: [`${owner}:${name}`], by: 'owner' };
  }
  const misspelt = misspeltAction(service, name, iamData);
  return misspelt === undefined ? undefined : { names: [`${service}:${misspelt}`], by: 'spelling' };
}

/** Lower case, without separators and without Amazon or AWS in front: `Amazon-S3` and `s3` are one. */
export function foldedServiceName(name: string): string {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return /^(?:amazon|aws)(..+)$/.exec(letters)?.[1] ?? letters;
}

/** The actions that AWS asks for when the operation of the API is called; `undefined` if they have its name. */
function permissionsOf(service: string, name: string): readonly string[] | undefined {
  const method =
    service === 'apigateway'
      ? API_GATEWAY_METHODS.get(/^[A-Z][a-z]+(?=[A-Z])/.exec(name)?.[0] ?? '')
      : undefined;
  return method === undefined
    ? API_OPERATIONS.get(`${service}:${name}`.toLowerCase())
    : [`apigateway:${method}`];
}

function hasAction(service: string, name: string, iamData: IamData): boolean {
  return iamData.coversAnyAction(`${service}:${name}`) || permissionsOf(service, name) !== undefined;
}

/** By the tables of names, and by the reference's own names; also of a service principal or an endpoint. */
function namedServices(prefix: string, iamData: IamData): readonly string[] | undefined {
  const host = prefix.trim().replace(/\.amazonaws\.com(?:\.cn)?$/i, '');
  const folded = foldedServiceName(host.slice(host.lastIndexOf('.') + 1));
  const { byName } = indexOf(iamData);
  const bare = /^(.{3,}?)(?:service|v[23]|api)$/.exec(folded)?.[1];
  return (
    SERVICE_ALIASES.get(folded) ??
    byName.get(folded) ??
    (bare === undefined ? undefined : (SERVICE_ALIASES.get(bare) ?? byName.get(bare)))
  );
}

/** The one service of the same product or piece of work that has an action of exactly this name. */
function relatedOwner(service: string, name: string, iamData: IamData): string | undefined {
  const related = [...(RELATED_SERVICES.get(service) ?? [])].filter((each) => owns(each, name, iamData));
  return related.length === 1 ? related[0] : undefined;
}

/**
 * The one service of all that has an action of exactly this name, if policies are often about it. A name in the
 * service's own words may mean one of its own: `iam:AttachPolicy` is not AWS Organizations'.
 */
function soleOwner(service: string, name: string, iamData: IamData): string | undefined {
  const owner = commonOwners(iamData).get(name);
  // The others are read only for a name that one of the common services has.
  if (
    owner === undefined ||
    iamData.services().some(({ prefix }) => prefix !== owner && owns(prefix, name, iamData))
  ) {
    return undefined;
  }
  const own = new Set(namesOf(service, iamData).flatMap(({ words }) => words));
  return wordsOf(name).every((word) => own.has(word)) ? undefined : owner;
}

function owns(service: string, name: string, iamData: IamData): boolean {
  return iamData.service(service)?.action(name)?.name === name;
}

/** The services that policies are often about, by the names of the actions that one of them has alone. */
function commonOwners(iamData: IamData): ReadonlyMap<string, string | undefined> {
  const index = indexOf(iamData);
  if (index.commonOwners.size === 0) {
    for (const service of COMMON_SERVICES) {
      for (const name of iamData.service(service)?.actionNames() ?? []) {
        index.commonOwners.set(name, index.commonOwners.has(name) ? undefined : service);
      }
    }
  }
  return index.commonOwners;
}

/** The same name but for case, separators, and one and many: `list-user-policy` for ListUserPolicies. */
function sameButForm(service: string, name: string, iamData: IamData): string | undefined {
  const letters = lettersOf(name);
  const exact = namesOf(service, iamData).find((each) => each.letters === letters);
  if (exact !== undefined) {
    return exact.name;
  }
  const stem = wordsOf(name).map(stemOf).join('');
  const found = namesOf(service, iamData).filter((each) => each.stem === stem);
  return found.length === 1 ? found[0]?.name : undefined;
}

/**
 * The action whose letters were mistaken. A name whose words all are AWS's is another action, perhaps a younger one:
 * `PutUserPolicy` is no misspelling of `GetUserPolicy`.
 */
function misspeltAction(service: string, name: string, iamData: IamData): string | undefined {
  const own = namesOf(service, iamData);
  const vocabulary = vocabularyOf(service, iamData);
  const words = wordsOf(name);
  if (words.every((word) => vocabulary.has(word))) {
    return undefined;
  }
  const candidates = own.filter(
    (each) => Math.abs(each.name.length - name.length) <= 3 && keepsWords(words, each.words, vocabulary),
  );
  return nearest(
    name,
    candidates.map((each) => each.name),
  );
}

/** Whether what changes from one name to the other is no word of AWS's, and changes only a little. */
function keepsWords(
  words: readonly string[],
  others: readonly string[],
  vocabulary: ReadonlySet<string>,
): boolean {
  if (words.length !== others.length) {
    // Capitals are wrong as well, and so the words are not to be laid side by side.
    return words.every((word) => !vocabulary.has(word) || others.includes(word));
  }
  return words.every((word, at) => {
    const other = others[at] ?? '';
    return word === other || (!vocabulary.has(word) && isNear(word, [other]));
  });
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** `GetBucketCORS` is get, bucket and cors. */
function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

function stemOf(word: string): string {
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=x|ch|sh|ss)es$/, '')
    .replace(/(?<=[^s])s$/, '');
}

interface ActionName {
  readonly name: string;
  readonly letters: string;
  readonly words: readonly string[];
  readonly stem: string;
}

/** Every word in the names of a service's actions, and of those of the common services. */
function vocabularyOf(service: string, iamData: IamData): ReadonlySet<string> {
  const { vocabularies } = indexOf(iamData);
  let vocabulary = vocabularies.get(service);
  if (vocabulary === undefined) {
    const services = new Set([service, ...COMMON_SERVICES]);
    vocabulary = new Set(
      [...services].flatMap((each) => namesOf(each, iamData).flatMap(({ words }) => words)),
    );
    vocabularies.set(service, vocabulary);
  }
  return vocabulary;
}

interface Index {
  /** Prefixes by their folded form and by the folded name of the service. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly names: Map<string, readonly ActionName[]>;
  readonly vocabularies: Map<string, ReadonlySet<string>>;
  readonly commonOwners: Map<string, string | undefined>;
}

const indexes = new WeakMap<IamData, Index>();

function indexOf(iamData: IamData): Index {
  let index = indexes.get(iamData);
  if (index === undefined) {
    index = {
      byName: serviceNames(iamData),
      names: new Map(),
      vocabularies: new Map(),
      commonOwners: new Map(),
    };
    indexes.set(iamData, index);
  }
  return index;
}

function serviceNames(iamData: IamData): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, readonly string[]>();
  for (const { prefix, name } of iamData.services()) {
    const official = foldedServiceName(name.replace(/\([^()]*\)/, ''));
    if (!byName.has(official)) {
      byName.set(official, [prefix]);
    }
  }
  // A prefix wins over the name of another service.
  for (const { prefix } of iamData.services()) {
    byName.set(foldedServiceName(prefix), [prefix]);
  }
  return byName;
}

function namesOf(service: string, iamData: IamData): readonly ActionName[] {
  const { names } = indexOf(iamData);
  let known = names.get(service);
  if (known === undefined) {
    known = (iamData.service(service)?.actionNames() ?? []).map((name) => {
      const words = wordsOf(name);
      return { name, letters: lettersOf(name), words, stem: words.map(stemOf).join('') };
    });
    names.set(service, known);
  }
  return known;
}

function prefixesOf(iamData: IamData): readonly string[] {
  return iamData.services().map(({ prefix }) => prefix);
}
