import type { EntryKeys } from './cacheKeys';
import type { ClientCertificate } from './host';
import type { Marker } from './marker';
import type { StageCache } from './stageCache';

export interface InvalidateOptions {
  readonly profile?: string | undefined;
  /** `sigv4` unless said otherwise. */
  readonly signing?: 'sigv4' | 'unsigned' | undefined;
  /** Sent as `x-api-key`, signed or not. */
  readonly apiKey?: string | undefined;
  /** A token for a Cognito or Lambda authorizer, in place of a signature; with its scheme, or as a bearer token. */
  readonly bearer?: string | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: ProgressStep) => void) | undefined;
  /** The stage's settings where they are known, or `read` to ask for them first. */
  readonly stage?: StageCache | 'read' | undefined;
  /** Which parameters make an entry, where that is known, or `read` to ask AWS first. */
  readonly keys?: EntryKeys | 'read' | undefined;
  /** `ask` to have AWS tell who signs before anything is sent. */
  readonly identify?: 'ask' | undefined;
  /** `refuse` unless said otherwise: it is not supported, and the account may be a placeholder. */
  readonly acrossAccounts?: 'refuse' | 'send' | undefined;
  /** `once` unless said otherwise; `for-clock` leaves it to the caller to wait where the request is throttled. */
  readonly retry?: 'once' | 'for-clock' | 'never' | undefined;
  /** Reads the entry as a plain caller before and after; GET and HEAD only. */
  readonly proof?: 'read-before-and-after' | undefined;
  /** What the proof compares; bodies and ETags unless given. */
  readonly marker?: Marker | undefined;
  /** See `ControlOptions`. */
  readonly controlEndpoint?: string | undefined;
}

export type ProgressStep = 'credentials' | 'signing' | 'sending' | 'waiting' | 'judging';
