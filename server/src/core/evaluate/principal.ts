import { splitArn } from '../arn/arn';
import type { PolicyType } from '../locate/policyType';
import { isNameOfOne } from '../model/attributeArns';
import type { Policy, PrincipalElement, PrincipalEntry, Statement } from '../model/policy';
import { isTooLong } from '../model/values';
import { holdsTemplate, templatesIn } from '../pattern/templates';
import { branchesOf, functionCall, isInBranch, textNodeOf } from '../syntax/functions';
import type { StringNode, SyntaxNode } from '../syntax/nodes';
import { ALWAYS, type Application, anyOf, inverse, NEVER, perhaps } from './application';
import {
  accountKey,
  accountOf,
  type Caller,
  callerKeys,
  identityKey,
  kindOfArn,
  lastName,
  roleOfSession,
  serviceKey,
} from './caller';

/** How a statement names the caller. */
export interface PrincipalApplication extends Application {
  /**
   * `account` if only the caller's whole account is named: the account may then grant on what it was given, and has
   * not yet done so. `exact` if this very user or session is named, `everybody` if nobody is. IAM User Guide, "AWS JSON
   * policy elements: Principal".
   */
  readonly reach: 'account' | 'exact' | 'everybody' | 'other';
}

/** Whether the statement's Principal is the caller. A statement without one applies to what it is attached to. */
export function principalApplies(statement: Statement, caller: Caller): PrincipalApplication {
  const matches = statement.principals.map((element) => elementApplies(element, caller));
  const never = matches.find((match) => match.applies === 'never');
  const uncertain = matches.find((match) => match.applies === 'perhaps');
  return never ?? uncertain ?? matches[0] ?? OF_ANYBODY;
}

/** Of a statement that names nobody. */
export const OF_ANYBODY: PrincipalApplication = { ...ALWAYS, reach: 'other' };

function elementApplies(element: PrincipalElement, caller: Caller): PrincipalApplication {
  const { entries, unknown } = relevantParts(element, caller);
  const matches = entries.map((entry) => ({ entry, match: entryCounts(entry, caller) }));
  const any = anyOf([...matches.map(({ match }) => match), ...unknown]);
  if (element.negated) {
    return { ...notPrincipal(element, entries, any, caller), reach: 'other' };
  }
  const certain = matches.filter(({ match }) => match.applies === any.applies);
  const reaches = certain.map(({ entry }) => reachOf(entry, caller));
  const reach = reaches.includes('exact')
    ? 'exact'
    : reaches.includes('everybody')
      ? 'everybody'
      : reaches.length > 0 && reaches.every((each) => each === 'account')
        ? 'account'
        : 'other';
  return { ...any, reach };
}

/** The entries that may name a caller: of a long list few do. */
function relevantParts(
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

/**
 * An entry in a branch of a template may be there or not. A policy of a gateway endpoint must name everybody and tell
 * principals apart by conditions; what it makes of others is not documented, save that an account is its root user
 * alone. AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies".
 */
function entryCounts(entry: PrincipalEntry, caller: Caller): Application {
  const match = entryApplies(entry, caller);
  const { member, statement } = entry.element;
  if (match.applies !== 'always') {
    return match;
  }
  if (isInBranch(entry.node, member)) {
    return perhaps([{ kind: 'template', text: member.name, node: entry.node, statement }]);
  }
  return statement.policy.kind.type === 'endpoint' && !isEverybody(entry) && mayBeOfGateway(statement)
    ? perhaps([hingeOf(entry)])
    : match;
}

/** The services that have gateway endpoints are Amazon S3 and DynamoDB. */
function mayBeOfGateway({ actions }: Statement): boolean {
  return actions.some(
    ({ negated, entries }) =>
      negated ||
      entries.some(({ service }) => service === undefined || /^(?:s3|dynamodb)$|[*?]/i.test(service)),
  );
}

/**
 * A Deny with NotPrincipal denies every principal that has a permissions boundary, whether it is listed or not. It may
 * deny others unless their account is listed as well, and a session unless its role is: which of these AWS looks at
 * first depends on the service. A role makes its requests in sessions, and each of them would have to be listed. IAM
 * User Guide, "AWS JSON policy elements: NotPrincipal".
 *
 * @param entries those that may name the caller
 */
function notPrincipal(
  element: PrincipalElement,
  entries: readonly PrincipalEntry[],
  any: Application,
  caller: Caller,
): Application {
  // An unknown caller in an account may be a user or a session, and listing the account alone does not exempt these.
  const isInside =
    (caller.kind === 'unknown' && caller.account !== undefined) ||
    caller.kind === 'user' ||
    caller.kind === 'role' ||
    caller.kind === 'session' ||
    caller.kind === 'federated';
  if (!isInside || element.statement.effect?.value !== 'Deny') {
    return inverse(any);
  }
  if (caller.isBounded) {
    return ALWAYS;
  }
  if (any.applies !== 'always') {
    return inverse(any);
  }
  const isSpared =
    entries.some(isEverybody) ||
    (caller.kind !== 'unknown' &&
      entries.some((entry) => accountEntry(entry) === caller.account) &&
      entries.some((entry) => entry.text === caller.arn && !isInBranch(entry.node, element.member)) &&
      caller.kind !== 'role' &&
      (caller.kind !== 'session' || entries.some((entry) => isRoleOf(entry, caller))));
  return isSpared ? NEVER : perhaps(entries.map(hingeOf));
}

/** Whether an entry names the role of a session. */
function isRoleOf(
  { text }: PrincipalEntry,
  session: { readonly account: string | undefined; readonly arn: string },
): boolean {
  return (
    kindOfArn(text) === 'role' &&
    accountOf(text) === session.account &&
    partitionOf(text) === partitionOf(session.arn) &&
    lastName(text) === roleOfSession(session.arn)
  );
}

function entryApplies(entry: PrincipalEntry, caller: Caller): Application {
  if (isEverybody(entry)) {
    return ALWAYS;
  }
  const unsure = perhaps([hingeOf(entry)]);
  if (caller.kind === 'anonymous') {
    return NEVER;
  }
  if (caller.kind === 'unknown') {
    return unknownApplies(entry, caller.account, unsure);
  }
  switch (entry.type?.value) {
    case 'AWS':
      return awsApplies(entry, caller, unsure);
    case 'Service':
      return caller.kind === 'service' && caller.name === entry.text.toLowerCase() ? ALWAYS : NEVER;
    case 'Federated':
      return providerApplies(entry, caller, unsure);
    default:
      return unsure;
  }
}

/** No more is known about an unknown caller than its account. */
function unknownApplies(
  entry: PrincipalEntry,
  account: string | undefined,
  unsure: Application,
): Application {
  const whole = accountEntry(entry);
  const named = entry.type?.value === 'AWS' ? (whole ?? accountOf(entry.text)) : undefined;
  if (account === undefined || named === undefined) {
    return unsure;
  }
  return named !== account ? NEVER : whole === undefined ? unsure : ALWAYS;
}

/**
 * A provider is whom a trust policy names. Elsewhere it stands for the sessions of those whom it authenticated, and which
 * these are the ARN of a session does not show. IAM User Guide, "AWS JSON policy elements: Principal", "SAML federated
 * principals" and "OIDC federated principals".
 */
function providerApplies(
  entry: PrincipalEntry,
  caller: Extract<Caller, { readonly arn: string } | { readonly kind: 'service' }>,
  unsure: Application,
): Application {
  switch (caller.kind) {
    case 'provider':
    case 'other':
      return entry.text === caller.arn
        ? ALWAYS
        : caller.kind === 'provider' && !/[*?]|\$\{/.test(entry.text)
          ? NEVER
          : unsure;
    case 'role':
    case 'session': {
      const account = accountOf(entry.text);
      const isOfOthers = account !== undefined && account !== caller.account;
      return isOfOthers || entry.element.statement.policy.kind.type === 'trust' ? NEVER : unsure;
    }
    default:
      return NEVER;
  }
}

function awsApplies(
  entry: PrincipalEntry,
  caller: Extract<Caller, { readonly arn: string } | { readonly kind: 'service' }>,
  unsure: Application,
): Application {
  if (caller.kind === 'service' || caller.kind === 'provider') {
    return NEVER;
  }
  if (entry.text === caller.arn) {
    return ALWAYS;
  }
  const whole = accountEntry(entry);
  if (whole !== undefined) {
    const isOfPartition = ACCOUNT_ID.test(entry.text) || partitionOf(entry.text) === partitionOf(caller.arn);
    return caller.account === undefined ? unsure : whole === caller.account && isOfPartition ? ALWAYS : NEVER;
  }
  const account = accountOf(entry.text);
  if (account === undefined || /[*?]|\$\{/.test(entry.text)) {
    // The id of a user or a role, or a text that names nobody: who it is cannot be told from it.
    return unsure;
  }
  const kind = kindOfArn(entry.text);
  if (account !== caller.account || kind === 'root' || partitionOf(entry.text) !== partitionOf(caller.arn)) {
    return NEVER;
  }
  if (kind === 'role' && caller.kind === 'session') {
    return lastName(entry.text) === roleOfSession(caller.arn) ? ALWAYS : NEVER;
  }
  if (kind === 'session' && caller.kind === 'role') {
    return roleOfSession(entry.text) === lastName(caller.arn) ? unsure : NEVER;
  }
  return isOther(kind) || isOther(caller.kind) ? unsure : NEVER;
}

function partitionOf(arn: string): string | undefined {
  return splitArn(arn).partition?.text;
}

/** Which entries name a federated user beside its own ARN, AWS says for each service. */
function isOther(kind: Caller['kind']): boolean {
  return kind === 'other' || kind === 'federated';
}

function reachOf(entry: PrincipalEntry, caller: Caller): PrincipalApplication['reach'] {
  const isExact = caller.kind === 'user' || caller.kind === 'session' || caller.kind === 'federated';
  if (isExact && entry.text === caller.arn) {
    return 'exact';
  }
  if (isEverybody(entry)) {
    return 'everybody';
  }
  const isPartOfAccount = caller.kind !== 'root' && caller.account !== undefined;
  return isPartOfAccount && accountEntry(entry) !== undefined ? 'account' : 'other';
}

/** IAM User Guide: `"*"` and `{ "AWS": "*" }` are the same. */
function isEverybody(entry: PrincipalEntry): boolean {
  return entry.text === '*' && (entry.type === undefined || entry.type.value === 'AWS');
}

/** The account that an entry names as a whole, by its id or by its root. */
function accountEntry(entry: PrincipalEntry): string | undefined {
  if (entry.type?.value !== 'AWS') {
    return undefined;
  }
  if (ACCOUNT_ID.test(entry.text)) {
    return entry.text;
  }
  return kindOfArn(entry.text) === 'root' ? accountOf(entry.text) : undefined;
}

function hingeOf(entry: PrincipalEntry) {
  return {
    kind: 'principal',
    text: entry.type === undefined ? entry.text : `${entry.type.value} ${entry.text}`,
    node: entry.node,
    statement: entry.element.statement,
  } as const;
}

/** What a template puts into an element. */
interface OpenPart {
  /** The type of the principals that it stands among; absent where that is not told either. */
  readonly type: string | undefined;
  /** With holes for what is filled in; absent where nothing can be told. */
  readonly text: string | undefined;
  readonly application: Application;
}

/** Template functions stand where strings should. */
function openParts({ member, statement }: PrincipalElement): readonly OpenPart[] {
  const { value } = member;
  const isTyped = value?.kind === 'object' && functionCall(value) === undefined;
  const values: readonly (readonly [type: string | undefined, SyntaxNode | undefined])[] = isTyped
    ? value.members.map((typed) => [TYPES.has(typed.name) ? typed.name : undefined, typed.value])
    : value?.kind === 'object'
      ? value.members.map((call) => [undefined, call.value])
      : [[undefined, value]];
  return values.flatMap(([type, each]) =>
    nodesIn(each).flatMap((node): readonly OpenPart[] => {
      const isCall = node.kind === 'object' || node.kind === 'opaque';
      if (!isCall && !(node.kind === 'string' && (isTooLong(node) || isFilledIn(node)))) {
        return [];
      }
      const text = isTyped || node.kind === 'string' ? textNodeOf(node) : undefined;
      return [
        {
          type,
          text: text === undefined || isTooLong(text) ? undefined : text.value,
          application: perhaps([{ kind: 'template', text: member.name, node, statement }]),
        },
      ];
    }),
  );
}

/** What stands at a place, in a list and in the branches of conditions. */
function nodesIn(value: SyntaxNode | undefined): readonly SyntaxNode[] {
  const nodes = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
  return nodes.flatMap((node) =>
    branchesOf(node).flatMap((branch) => (branch === node ? [node] : nodesIn(branch))),
  );
}

const TYPES: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/** Whether a caller can be of the type, or can be everybody, which letters around what is filled in never are. */
function mayName(part: OpenPart, caller: Caller, { statement }: PrincipalElement): boolean {
  if (caller.kind === 'unknown' || mayBeEverybody(part)) {
    return true;
  }
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'service':
      return part.type !== 'AWS' && part.type !== 'Federated';
    case 'provider':
      return part.type !== 'AWS' && part.type !== 'Service';
    case 'other':
      return part.type !== 'Service';
    case 'role':
    case 'session':
      // A provider stands for sessions, save in a trust policy.
      return part.type !== 'Service' && (part.type !== 'Federated' || statement.policy.kind.type !== 'trust');
    default:
      return part.type !== 'Service' && part.type !== 'Federated';
  }
}

/** Whether what a template puts in may be `*`, which a part of a principal never is. */
function mayBeEverybody({ type, text }: OpenPart): boolean {
  if (type !== undefined && type !== 'AWS') {
    return false;
  }
  if (text === undefined || DIRECTIVE.test(text)) {
    return true;
  }
  if (isNameOfOne(text)) {
    return false;
  }
  let rest = '';
  let at = 0;
  for (const { from, to } of templatesIn(text)) {
    rest += text.slice(at, from);
    at = to;
  }
  return /^[\s*]*$/.test(rest + text.slice(at));
}

/** What decides over the letters around it. */
const DIRECTIVE = /%\{|\{%|<%|\{\{-?\s*(?:[#/^]|(?:if|else|end|range|with|block|template|include)\b)/;

/** Whether a statement may be about everybody: by what it says of principals, or by what a template puts there. */
export function mayNameEverybody({ principals }: Statement): boolean {
  return principals.every(
    (element) =>
      element.negated ||
      element.entries.some(
        (entry) =>
          entry.text === '*' &&
          (entry.type === undefined || entry.type.value === 'AWS' || !TYPES.has(entry.type.value)),
      ) ||
      openParts(element).some(mayBeEverybody),
  );
}

/** A principal has no variables of IAM's: what looks like one is filled in by a tool. */
function isFilledIn(node: SyntaxNode | undefined): node is StringNode {
  return node?.kind === 'string' && holdsTemplate(node.value);
}

const ACCOUNT_ID = /^\d{12}$/;
