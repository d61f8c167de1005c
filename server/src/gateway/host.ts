import type { GatewayRequest, NameValue } from './request';
import type { AwsKeys } from './sign';

/**
 * What the invalidation engine needs of the world. A host never throws and never rejects: what goes wrong is
 * an outcome, and no outcome or log line of a host holds a secret.
 */
export interface GatewayHost {
  now(): Date;
  /** Sends the request byte for byte, and follows no redirect. */
  send(request: GatewayRequest, options: SendOptions): Promise<SendOutcome>;
  credentials(options: CredentialOptions): Promise<CredentialsOutcome>;
}

export interface SendOptions {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  /** More than this is not read: the body is cut, which is no failure. */
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export type SendOutcome =
  | { readonly kind: 'response'; readonly response: GatewayResponse }
  | { readonly kind: 'failure'; readonly failure: SendFailure };

export interface GatewayResponse {
  readonly status: number;
  /** In the order and spelling received. */
  readonly headers: readonly NameValue[];
  /** The body's beginning as text, octets that are no UTF-8 replaced. */
  readonly body: string;
  /** How many bytes were read. */
  readonly bodyBytes: number;
  /** Whether there was more than was read. */
  readonly truncated: boolean;
  readonly timings: Timings;
}

/** Milliseconds since the request was started. */
export interface Timings {
  readonly firstByteMs: number;
  readonly totalMs: number;
}

export type SendFailureKind =
  | 'dns'
  | 'refused'
  | 'network'
  | 'tls'
  | 'timeout'
  | 'cancelled'
  | 'closed'
  | 'too-large'
  | 'protocol';

export interface SendFailure {
  readonly kind: SendFailureKind;
  /** One line, for people. */
  readonly message: string;
  /** The status, where the answer had begun before it broke off. */
  readonly status?: number | undefined;
  readonly totalMs: number;
}

export interface CredentialOptions {
  /** A profile of the shared configuration files; without it the default chain decides. */
  readonly profile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type CredentialsOutcome =
  | { readonly kind: 'credentials'; readonly credentials: ResolvedCredentials }
  | { readonly kind: 'failure'; readonly failure: CredentialsFailure };

export interface ResolvedCredentials {
  readonly keys: AwsKeys;
  /** Where they come from, in words. */
  readonly provenance: string;
  readonly profile?: string | undefined;
  /** The caller's account, where the source of the credentials told it. */
  readonly accountId?: string | undefined;
  readonly expiration?: Date | undefined;
}

export type CredentialsFailureKind =
  | 'no-credentials'
  | 'profile-not-found'
  | 'sso-login-expired'
  | 'mfa-required'
  | 'credentials-failed'
  | 'cancelled';

export interface CredentialsFailure {
  readonly kind: CredentialsFailureKind;
  /** One line, for people. */
  readonly message: string;
}
