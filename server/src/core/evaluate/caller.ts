import { splitArn } from '../arn/arn';
import { BUILT_IN_PROVIDERS } from '../iamData/overlay/oidcProviders';
import type { Applies } from './application';

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
         * `root` is the root user of an account, `session` an assumed role, `federated` a federated user of AWS STS, `provider` who
         * was authenticated by an identity provider and has no credentials yet.
         */
        readonly kind: 'root' | 'user' | 'role' | 'session' | 'federated' | 'provider' | 'other';
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
 * `anonymous`. None, `*`, and what has a wildcard in it is somebody who is not known, and an account id is somebody of
 * that account: its root user has an ARN.
 */
export function readCaller(text: string | undefined): Caller {
  if (text === undefined || /[*?]/.test(text)) {
    return { kind: 'unknown', account: text === undefined ? undefined : accountOf(text) };
  }
  if (text === ANONYMOUS) {
    return { kind: 'anonymous', account: undefined };
  }
  if (ACCOUNT_ID.test(text)) {
    return { kind: 'unknown', account: text };
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

/** The account that an ARN names; `undefined` where it names none, or a wildcard. */
export function accountOf(arn: string): string | undefined {
  const account = splitArn(arn).account?.text ?? '';
  return ACCOUNT_ID.test(account) ? account : undefined;
}

/** What an ARN of IAM or AWS STS names. */
export function kindOfArn(arn: string): Extract<Caller, { readonly arn: string }>['kind'] {
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
    return 'root';
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

/**
 * Whether a caller is a service-linked role, which has a path that AWS reserves. The ARN of a session leaves the path out,
 * and that no other role may have such a name AWS does not say. IAM User Guide, "Create a service-linked role".
 *
 * @param arn what is told of aws:PrincipalArn, which has the path
 */
export function isServiceLinked(caller: Caller, arn?: string): Applies {
  if (caller.kind !== 'role' && caller.kind !== 'session') {
    return 'never';
  }
  const full = arn ?? caller.arn;
  return /:role\/aws-service-role\//.test(full)
    ? 'always'
    : full === caller.arn && caller.kind === 'session' && /^AWSServiceRoleFor/.test(roleOfSession(full) ?? '')
      ? 'perhaps'
      : 'never';
}

/** What follows the last slash: the name of a role or user without its path, or that of a session. */
export function lastName(arn: string): string | undefined {
  return arn.split('/').at(-1);
}

/**
 * A text that all ARNs have in common which may name one user, or one role and its sessions: two that differ in it never
 * name the same. `undefined` for whatever may stand for others.
 */
export function identityKey(arn: string): string | undefined {
  const account = accountOf(arn);
  if (account === undefined || /[*?]|\$\{/.test(arn)) {
    return undefined;
  }
  switch (kindOfArn(arn)) {
    case 'user':
      return arn;
    case 'role':
      return `role ${account} ${lastName(arn)}`;
    case 'session':
      return `role ${account} ${roleOfSession(arn)}`;
    default:
      return undefined;
  }
}

/**
 * The keys of the entries that may name a caller, and of no others: what an entry of a list that has another key names is
 * somebody else for certain. `undefined` where any entry may name the caller.
 */
export function callerKeys(caller: Caller): readonly string[] | undefined {
  switch (caller.kind) {
    case 'user':
    case 'role':
    case 'session': {
      const own = identityKey(caller.arn);
      return own === undefined ? undefined : [own, accountKey(caller.account ?? '')];
    }
    case 'root':
      return [accountKey(caller.account ?? '')];
    case 'service':
      return [serviceKey(caller.name)];
    case 'anonymous':
      return [];
    default:
      return undefined;
  }
}

/** The key of an entry that names an account as a whole. */
export function accountKey(account: string): string {
  return `account ${account}`;
}

/** @param name in any case */
export function serviceKey(name: string): string {
  return `service ${name.toLowerCase()}`;
}

const ACCOUNT_ID = /^\d{12}$/;
