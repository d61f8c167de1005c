import { splitArn } from '../arn/arn';
import type { PrincipalEntry, Statement } from '../model/policy';
import { isInBranch } from '../syntax/functions';
import { ALWAYS, type Application, NEVER, perhaps } from './application';
import { accountOf, type Caller, kindOfArn, lastName, roleOfSession } from './caller';

/**
 * An entry in a branch of a template may be there or not. A policy of a gateway endpoint must name everybody and tell
 * principals apart by conditions; what it makes of others is not documented, save that an account is its root user
 * alone. AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies".
 */
export function entryCounts(entry: PrincipalEntry, caller: Caller): Application {
  const match = entryApplies(entry, caller);
  const { member, statement } = entry.element;
  if (match.applies !== 'always') {
    return match;
  }
  if (isInBranch(entry.node, member)) {
    return perhaps([{ kind: 'branch', text: member.name, node: entry.node, statement }]);
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

/** Whether an entry names the role of a session. */
export function isRoleOf(
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

function partitionOf(arn: string): string | undefined {
  return splitArn(arn).partition?.text;
}

/** Which entries name a federated user beside its own ARN, AWS says for each service. */
function isOther(kind: Caller['kind']): boolean {
  return kind === 'other' || kind === 'federated';
}

/** IAM User Guide: `"*"` and `{ "AWS": "*" }` are the same. */
export function isEverybody(entry: PrincipalEntry): boolean {
  return entry.text === '*' && (entry.type === undefined || entry.type.value === 'AWS');
}

/** The account that an entry names as a whole, by its id or by its root. */
export function accountEntry(entry: PrincipalEntry): string | undefined {
  if (entry.type?.value !== 'AWS') {
    return undefined;
  }
  if (ACCOUNT_ID.test(entry.text)) {
    return entry.text;
  }
  return kindOfArn(entry.text) === 'root' ? accountOf(entry.text) : undefined;
}

export function hingeOf(entry: PrincipalEntry) {
  return {
    kind: 'principal',
    text: entry.type === undefined ? entry.text : `${entry.type.value} ${entry.text}`,
    node: entry.node,
    statement: entry.element.statement,
  } as const;
}

const ACCOUNT_ID = /^\d{12}$/;
