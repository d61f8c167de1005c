import { memoize } from '../pattern/memo';
import type { ObjectNode, SyntaxNode } from '../syntax/nodes';
import { elementOf, statementMembers } from './elements';
import { API_GATEWAY_REST_API, type PolicyKind, type PolicyType, ROLE_TRUST_POLICY } from './policyType';

/** What the path of a document says about its policies. */
export interface PathHint {
  readonly type: PolicyType;
  /** The name of the file or folder that says so. */
  readonly name: string;
  readonly isFile: boolean;
}

/**
 * The words that tell a type, one after the other. Sessions and endpoints are words of many things, so that they need to
 * stand beside "policy" or alone.
 */
const WORDS: readonly (readonly [type: PolicyType, words: readonly string[]])[] = [
  ['scp', ['scp']],
  ['scp', ['service', 'control', 'policy']],
  ['rcp', ['rcp']],
  ['rcp', ['resource', 'control', 'policy']],
  ['boundary', ['boundary']],
  ['trust', ['trust']],
  ['trust', ['assume', 'role']],
  ['trust', ['assumerole']],
  ['session', ['session', 'policy']],
  ['endpoint', ['endpoint', 'policy']],
  ['endpoint', ['vpce', 'policy']],
];

/** The same for a name of nothing else. */
const NAMES: readonly (readonly [type: PolicyType, words: readonly string[]])[] = [
  ['session', ['session']],
  ['endpoint', ['endpoint']],
  ['endpoint', ['vpc', 'endpoint']],
  ['endpoint', ['vpce']],
];

/** Plural forms stand for the singular. */
const SINGULAR: ReadonlyMap<string, string> = new Map([
  ['scps', 'scp'],
  ['rcps', 'rcp'],
  ['policies', 'policy'],
  ['boundaries', 'boundary'],
  ['trusts', 'trust'],
  ['sessions', 'session'],
  ['endpoints', 'endpoint'],
  ['vpces', 'vpce'],
  ['roles', 'role'],
]);

/** How many names are looked at, from the file outwards. */
const MOST_NAMES = 20;

/**
 * The type that a path tells by whole words, as in `scp/deny-regions.json` or `app.permissionsBoundary.json`. The name
 * nearest to the file decides; one that tells several types decides that there is none.
 *
 * @param path with slashes or backslashes, from the workspace or the current folder
 */
export function hintOfPath(path: string): PathHint | undefined {
  const names = path.split(/[/\\]/).slice(-MOST_NAMES);
  for (let at = names.length - 1; at >= 0; at -= 1) {
    const isFile = at === names.length - 1;
    const name = names[at] ?? '';
    const types = new Set(typesOfName(isFile ? name.replace(/\.\w+$/, '') : name));
    if (types.size > 0) {
      const [type] = types;
      return type === undefined || types.size > 1 ? undefined : { type, name, isFile };
    }
  }
  return undefined;
}

/**
 * The part of a path that speaks of a document: from the innermost of the folders that somebody works in, its own name
 * included, or else the last few names.
 *
 * @param path absolute, with slashes, as are the folders
 */
export function tellingPath(path: string, folders: readonly string[]): string {
  const [root] = folders
    .map((folder) => folder.replace(/(?<!\/)\/+$/, ''))
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
  return path.slice(root === undefined ? lastNames(path, FEW) : root.lastIndexOf('/') + 1);
}

/** Where so many of the last names of a path begin. */
function lastNames(path: string, count: number): number {
  let at = path.length;
  for (let names = 0; names < count && at >= 0; names += 1) {
    at = at === 0 ? -1 : path.lastIndexOf('/', at - 1);
  }
  return at + 1;
}

/** A file and the folders around it that are its own rather than the machine's. */
const FEW = 4;

/** Files lie beside others, in folders of the same names. */
const typesOfName = memoize((name): readonly PolicyType[] => {
  if (!MAY_TELL.test(name)) {
    return [];
  }
  const words = wordsOf(name);
  return [
    ...WORDS.filter(([, sought]) => holdsInARow(words, sought)),
    ...NAMES.filter(([, sought]) => sought.length === words.length && holdsInARow(words, sought)),
  ].map(([type]) => type);
});

/** Whether the letters of a word stand in a name with which one of the rows begins. */
const MAY_TELL = new RegExp(
  [...WORDS, ...NAMES]
    .flatMap(([, [first = '']]) => [
      first,
      ...[...SINGULAR].flatMap(([plural, singular]) => (singular === first ? plural : [])),
    ])
    .join('|'),
  'i',
);

/** The words of a name in lower case and the singular, those of camel case among them. */
function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [])
    .map((word) => word.toLowerCase())
    .map((word) => SINGULAR.get(word) ?? word);
}

function holdsInARow(words: readonly string[], sought: readonly string[]): boolean {
  return words.some((_, at) => sought.every((word, index) => words[at + index] === word));
}

/**
 * The kind of a policy whose path tells a type, unless what stands in the policy contradicts: then the content decides. A
 * policy that is hardly begun contradicts nothing.
 *
 * @param kind by the content
 */
export function kindByPath(policy: ObjectNode, kind: PolicyKind, hint: PathHint): PolicyKind {
  const { type, name, isFile } = hint;
  if (!isPossible(type, traitsOf(policy), kind)) {
    return kind;
  }
  const written = name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
  return {
    type,
    resourceType: type === 'trust' ? ROLE_TRUST_POLICY : undefined,
    reason: isFile ? `its file is called "${written}"` : `it is in a folder called "${written}"`,
  };
}

const LONGEST = 60;

interface Traits {
  readonly hasPrincipal: boolean;
  readonly hasResource: boolean;
  /** Whether every Principal is everybody. */
  readonly isAboutEverybody: boolean;
  readonly allows: boolean;
  readonly isAboutRoles: boolean;
}

/**
 * What each type demands that tells it from others. IAM User Guide, "Grammar of the IAM JSON policy language"; AWS
 * Organizations User Guide, "SCP syntax" and "RCP syntax": an RCP denies everybody.
 */
function isPossible(type: PolicyType, traits: Traits, { type: told, resourceType }: PolicyKind): boolean {
  const { hasPrincipal, hasResource, isAboutEverybody, allows, isAboutRoles } = traits;
  switch (type) {
    case 'rcp':
      return isAboutEverybody && !allows;
    case 'trust':
      return told === 'trust' || (isAboutRoles && (hasPrincipal || !hasResource));
    case 'endpoint':
      return hasPrincipal ? told === 'resource' && resourceType !== API_GATEWAY_REST_API : !hasResource;
    default:
      return !hasPrincipal;
  }
}

function traitsOf(policy: ObjectNode): Traits {
  const statements = statementMembers(policy)
    .flatMap(({ value }) => (value?.kind === 'array' ? value.items : (value ?? [])))
    .filter((node): node is ObjectNode => node.kind === 'object');
  const values = (...elements: readonly string[]) =>
    statements.flatMap((statement) => elements.flatMap((element) => elementOf(statement, element) ?? []));
  const texts = (...elements: readonly string[]) =>
    values(...elements)
      .flatMap(({ value }) => (value?.kind === 'array' ? value.items : (value ?? [])))
      .flatMap((node) => (node.kind === 'string' ? [node.value] : []));
  const principals = values('Principal', 'NotPrincipal');
  return {
    hasPrincipal: principals.length > 0,
    hasResource: values('Resource', 'NotResource').length > 0,
    isAboutEverybody: principals.every(({ value }) => isEverybody(value)),
    allows: texts('Effect').some((effect) => effect.toLowerCase() === 'allow'),
    isAboutRoles: texts('Action', 'NotAction').every((action) => /^(?:sts:.*|\*)?$/is.test(action)),
  };
}

/** Whether a value, and all that stands in it, is `*`; what is still to be typed is no less. */
function isEverybody(value: SyntaxNode | undefined): boolean {
  switch (value?.kind) {
    case undefined:
      return true;
    case 'string':
      return value.value === '*' || value.value === '';
    case 'object':
      return value.members.every((member) => isEverybody(member.value));
    case 'array':
      return value.items.every(isEverybody);
    default:
      return false;
  }
}
