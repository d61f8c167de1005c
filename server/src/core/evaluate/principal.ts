import { splitArn } from '../arn/arn';
import { BUILT_IN_PROVIDERS } from '../iamData/overlay/oidcProviders';
import { isTooLong } from '../model/lower';
import type { PrincipalElement, PrincipalEntry, Statement } from '../model/policy';
import { holdsTemplate } from '../pattern/templates';
import { isInBranch } from '../syntax/functions';
import type { StringNode, SyntaxNode } from '../syntax/nodes';
import { ALWAYS, type Application, anyOf, inverse, NEVER, perhaps } from './application';

/** Who sends a request. */
export type Caller =
  /** Somebody, of a known account or of none. */
  (
    | { readonly kind: 'unknown'; readonly account: string | undefined }
    /** Nobody whose credentials AWS could check. */
    | { readonly kind: 'anonymous'; readonly account: undefined }
    | { readonly kind: 'service'; readonly name: string; readonly account: undefined }
    | {
        /**
         * `account` is its root user, `session` an assumed role, `federated` a federated user of AWS STS, `provider` who
         * was authenticated by an identity provider and has no credentials yet.
         */
        readonly kind: 'account' | 'user' | 'role' | 'session' | 'federated' | 'provider' | 'other';
        readonly account: string | undefined;
        readonly arn: string;
      }
  ) & {
    /** Whether a permissions boundary is attached. */
    readonly isBounded?: boolean;
  };

/** How a question names a caller without credentials. */
export const ANONYMOUS = 'anonymous';

/**
 * Reads a principal as it was asked for: an ARN, an account id, a service such as `lambda.amazonaws.com`, or
 * `anonymous`. None, `*`, and what has a wildcard in it is somebody who is not known.
 */
export function readCaller(text: string | undefined): Caller {
  if (text === undefined || /[*?]/.test(text)) {
    return { kind: 'unknown', account: text === undefined ? undefined : accountOf(text) };
  }
  if (text === ANONYMOUS) {
    return { kind: 'anonymous', account: undefined };
  }
  if (ACCOUNT_ID.test(text)) {
    return { kind: 'account', account: text, arn: `arn:aws:iam::${text}:root` };
  }
  if (BUILT_IN_PROVIDERS.has(text)) {
    return { kind: 'provider', account: undefined, arn: text };
  }
  if (!text.startsWith('arn:')) {
    return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text)
      ? { kind: 'service', name: text, account: undefined }
      : { kind: 'unknown', account: undefined };
  }
  const account = accountOf(text);
  return { kind: account === undefined ? 'other' : kindOfArn(text), account, arn: text };
}

/** Whether a caller has the identity of an IAM principal, to which identity policies and their limits apply. */
export function isPrincipal({ kind }: Caller): boolean {
  return kind !== 'anonymous' && kind !== 'service' && kind !== 'provider' && kind !== 'other';
}

/** Whether the caller is a root user, and was asked for as one: an account id alone may stand for any of its principals. */
export function isRootUser({ kind }: Caller, asked: string | undefined): boolean {
  return kind === 'account' && asked?.endsWith(':root') === true;
}

/** The account that an ARN names; `undefined` where it names none, or a wildcard. */
export function accountOf(arn: string): string | undefined {
  const account = splitArn(arn).account?.text ?? '';
  return ACCOUNT_ID.test(account) ? account : undefined;
}

/** How a statement speaks of the caller. */
export interface PrincipalApplication extends Application {
  /**
   * `account` if only the caller's whole account is named: the account may then grant on what it was given, and has
   * not yet done so. `exact` if this very user or session is named, `everybody` if nobody is. IAM User Guide, "AWS JSON policy elements: Principal".
   */
  readonly reach: 'account' | 'exact' | 'everybody' | 'other';
}

/** Whether the statement's Principal is the caller. A statement without one speaks of whoever it is attached to. */
export function principalApplies(statement: Statement, caller: Caller): PrincipalApplication {
  const matches = statement.principals.map((element) => elementApplies(element, caller));
  const never = matches.find((match) => match.applies === 'never');
  const uncertain = matches.find((match) => match.applies === 'perhaps');
  return never ?? uncertain ?? matches[0] ?? OTHER;
}

const OTHER: PrincipalApplication = { ...ALWAYS, reach: 'other' };

function elementApplies(element: PrincipalElement, caller: Caller): PrincipalApplication {
  const matches = element.entries.map((entry) => ({ entry, match: entryCounts(entry, caller) }));
  const any = anyOf([...matches.map(({ match }) => match), ...unknownParts(element)]);
  if (element.negated) {
    return { ...notPrincipal(element, any, caller), reach: 'other' };
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
 * A Deny with NotPrincipal denies whoever has a permissions boundary, be it left out or not. Of others it may deny those
 * whose account is not left out as well, and of a session also its role: which of them AWS looks for first depends on the
 * service. A role makes its requests in sessions, of which every one would have to be named. IAM User Guide, "AWS JSON
 * policy elements: NotPrincipal".
 */
function notPrincipal(element: PrincipalElement, any: Application, caller: Caller): Application {
  const isInside =
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
  const { entries } = element;
  const isSpared =
    entries.some(isEverybody) ||
    (entries.some((entry) => accountEntry(entry) === caller.account) &&
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
      return caller.kind === 'provider' || caller.kind === 'other'
        ? providerApplies(entry, caller, unsure)
        : NEVER;
    default:
      return unsure;
  }
}

/** Of somebody no more can be told than what the account tells. */
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

function providerApplies(
  entry: PrincipalEntry,
  { kind, arn }: { readonly kind: string; readonly arn: string },
  unsure: Application,
): Application {
  if (entry.text === arn) {
    return ALWAYS;
  }
  return kind === 'provider' && !/[*?]|\$\{/.test(entry.text) ? NEVER : unsure;
}

function awsApplies(
  entry: PrincipalEntry,
  caller: Extract<Caller, { readonly arn: string } | { readonly kind: 'service' }>,
  unsure: Application,
): Application {
  if (caller.kind === 'service' || caller.kind === 'provider') {
    return NEVER;
  }
  const whole = accountEntry(entry);
  if (whole !== undefined) {
    return caller.account === undefined ? unsure : whole === caller.account ? ALWAYS : NEVER;
  }
  const account = accountOf(entry.text);
  if (account === undefined || /[*?]|\$\{/.test(entry.text)) {
    // The id of a user or a role, or a text that names nobody: who it is cannot be told from it.
    return unsure;
  }
  if (entry.text === caller.arn) {
    return ALWAYS;
  }
  const kind = kindOfArn(entry.text);
  if (account !== caller.account || kind === 'account') {
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
  const isPartOfAccount = caller.kind !== 'account' && caller.account !== undefined;
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
  return kindOfArn(entry.text) === 'account' ? accountOf(entry.text) : undefined;
}

function kindOfArn(arn: string): Extract<Caller, { readonly arn: string }>['kind'] {
  const { service, resource } = splitArn(arn);
  const text = resource?.text ?? '';
  if (service?.text === 'sts') {
    return text.startsWith('assumed-role/')
      ? 'session'
      : text.startsWith('federated-user/')
        ? 'federated'
        : 'other';
  }
  if (service?.text !== 'iam') {
    return 'other';
  }
  if (text === 'root') {
    return 'account';
  }
  if (text.startsWith('oidc-provider/') || text.startsWith('saml-provider/')) {
    return 'provider';
  }
  return text.startsWith('user/') ? 'user' : text.startsWith('role/') ? 'role' : 'other';
}

/** The ARN of a session has the role's name without its path: `assumed-role/NAME/SESSION`. */
export function roleOfSession(arn: string): string | undefined {
  return splitArn(arn).resource?.text.split('/')[1];
}

export function lastName(arn: string): string | undefined {
  return arn.split('/').at(-1);
}

function hingeOf(entry: PrincipalEntry) {
  return {
    kind: 'principal',
    text: entry.type === undefined ? entry.text : `${entry.type.value} ${entry.text}`,
    node: entry.node,
    statement: entry.element.statement,
  } as const;
}

/** Template functions stand where strings should. */
function unknownParts({ member, statement }: PrincipalElement): readonly Application[] {
  const { value } = member;
  const values = value?.kind === 'object' ? value.members.map((typed) => typed.value) : [value];
  return values
    .flatMap((each): readonly (SyntaxNode | undefined)[] => (each?.kind === 'array' ? each.items : [each]))
    .flatMap((node) =>
      node?.kind === 'object' ||
      node?.kind === 'opaque' ||
      (node?.kind === 'string' && isTooLong(node)) ||
      isFilledIn(node)
        ? [perhaps([{ kind: 'template', text: member.name, node, statement }])]
        : [],
    );
}

/** A principal has no variables of IAM's: what looks like one is filled in by a tool. */
function isFilledIn(node: SyntaxNode | undefined): node is StringNode {
  return node?.kind === 'string' && holdsTemplate(node.value);
}

const ACCOUNT_ID = /^\d{12}$/;
