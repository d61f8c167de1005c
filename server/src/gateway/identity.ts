import type { CredentialOptions, CredentialsOutcome, GatewayHost, ResolvedCredentials } from './host';
import { accessKeyEnding } from './redact';
import type { AwsKeys } from './sign';

/** Who signed, in a form that may be shown. */
export type ShownIdentity =
  | { readonly signing: 'unsigned' }
  /** Nobody signed: the Authorization header held a token. */
  | { readonly signing: 'bearer' }
  | {
      readonly signing: 'sigv4';
      /** Such as `****MPLE`. */
      readonly accessKeyId: string;
      readonly profile: string | undefined;
      readonly provenance: string;
      readonly keys: 'long-term' | 'temporary';
      /** The caller's account, where the source of the credentials told it, or AWS was asked. */
      readonly accountId?: string | undefined;
      /** Who AWS says it is, where AWS was asked. */
      readonly arn?: string | undefined;
    };

/** Credentials, or why there are none; cancelling takes effect even where their source knows no signal. */
export async function credentialsOf(
  host: GatewayHost,
  { profile, region, signal }: CredentialOptions,
): Promise<CredentialsOutcome> {
  const outcome = await orCancelled(host.credentials({ profile, region, signal }), {
    signal,
    cancelled: { kind: 'failure', failure: { kind: 'cancelled', message: 'Cancelled.' } },
  });
  return outcome.kind === 'credentials' && !areKeys(outcome.credentials.keys)
    ? {
        kind: 'failure',
        failure: { kind: 'malformed-credentials', message: 'The credentials are not keys of AWS.' },
      }
    : outcome;
}

/** Whether these can be keys at all: they go into headers, and a line end there would be another header. */
function areKeys({ accessKeyId, secretAccessKey, sessionToken }: AwsKeys): boolean {
  return [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])].every((key) =>
    /^[\u0021-\u007e]+$/.test(key),
  );
}

/** The identity behind credentials; without any it is unsigned. */
export function shownIdentity(resolved: ResolvedCredentials | undefined): ShownIdentity {
  return resolved === undefined
    ? { signing: 'unsigned' }
    : {
        signing: 'sigv4',
        accessKeyId: accessKeyEnding(resolved.keys.accessKeyId),
        profile: resolved.profile,
        provenance: resolved.provenance,
        keys: resolved.keys.sessionToken === undefined ? 'long-term' : 'temporary',
        ...(resolved.accountId === undefined ? {} : { accountId: resolved.accountId }),
      };
}

/** What of credentials must not be shown. */
export function secretsOf(resolved: ResolvedCredentials | undefined): readonly string[] {
  if (resolved === undefined) {
    return [];
  }
  const { secretAccessKey, sessionToken } = resolved.keys;
  return sessionToken === undefined ? [secretAccessKey] : [secretAccessKey, sessionToken];
}

/**
 * The work's own outcome, unless the signal fires first: a source of credentials may hang and know no signal.
 * On cancelling, work that settles in the same turn wins, since it may know more.
 */
export async function orCancelled<T>(
  work: Promise<T>,
  { signal, cancelled }: { readonly signal: AbortSignal | undefined; readonly cancelled: T },
): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  let stop: (() => void) | undefined;
  const abort = new Promise<T>((resolve) => {
    stop = () => resolve(cancelled);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([work, abort]);
  } finally {
    if (stop !== undefined) {
      signal.removeEventListener('abort', stop);
    }
  }
}
