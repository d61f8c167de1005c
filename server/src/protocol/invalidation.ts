export type Pair = readonly [name: string, value: string];

/** One cache entry, named the way a request names it. */
export interface InvalidationTarget {
  readonly partition: string;
  readonly region: string;
  readonly account?: string;
  readonly apiId: string;
  readonly stage: string;
  readonly method: string;
  /** Without the leading slash. */
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  /** A URL in place of the default endpoint, with `{apiId}` and `{region}` where these belong. */
  readonly endpoint?: string;
  /** In place of the default endpoint; one of the setting `iamPolicy.invalidation.customDomains`, or it is refused. */
  readonly domain?: CustomDomain;
}

export interface CustomDomain {
  readonly name: string;
  /** Without slashes around it; empty for the whole domain. */
  readonly basePath: string;
}

export interface InvalidationPreviewParams {
  readonly target: InvalidationTarget;
}

export interface InvalidationPreviewResult {
  /** Absent as long as there are problems. */
  readonly url?: string;
  readonly problems: readonly TargetProblem[];
  /** Whether the method may change something behind the API. */
  readonly mayChangeState: boolean;
  /** Query parameters and headers whose values are taken for secrets, by their names as the target has them. */
  readonly secretNames: readonly string[];
}

export interface TargetProblem {
  /** The member of the target that is wrong. */
  readonly field: string;
  readonly message: string;
}

export type ProfilesParams = Readonly<Record<string, never>>;

export interface ProfilesResult {
  /** The profiles of the shared AWS configuration files, by name. */
  readonly profiles: readonly Profile[];
}

export interface Profile {
  readonly name: string;
  readonly region?: string;
  /** Where its credentials come from, in one word. */
  readonly source: string;
}

export type Identity =
  | { readonly kind: 'default' }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'unsigned' }
  /** A token for the API's authorizer; it comes beside the identity. */
  | { readonly kind: 'bearer' };

export interface InvalidateParams {
  /** Made up by the client; progress carries it. */
  readonly id: string;
  readonly target: InvalidationTarget;
  readonly identity: Identity;
  /** Sent as `x-api-key`; never logged and never part of a report. */
  readonly apiKey?: string;
  /** Sent as `Authorization` where the identity is `bearer`; never logged and never part of a report. */
  readonly bearer?: string;
  readonly timeoutSeconds: number;
  readonly checks?: InvalidationChecks;
}

/** What is done around an invalidation; nothing of it unless asked for. */
export interface InvalidationChecks {
  /** Reads the stage's settings first: the verdict then knows what they decide. */
  readonly stage?: 'read';
  /** Asks AWS first which parameters make an entry; else it is what the workspace tells, if anything. */
  readonly keys?: 'read';
  /** Asks AWS first who signs; a caller of another account than the ARN's is refused. */
  readonly identify?: 'ask';
  /** Sends although the ARN names another account than the caller's: it may be a placeholder. */
  readonly acrossAccounts?: 'send';
  /** Reads the entry as a plain caller before and after; GET and HEAD only. */
  readonly proof?: 'read-before-and-after';
}

export interface InvalidateProgress {
  readonly id: string;
  readonly step: 'credentials' | 'signing' | 'sending' | 'waiting' | 'judging';
}

/** Also a cancelled invalidation has a result: its verdict says what is known. */
export interface InvalidateResult {
  readonly verdict: Verdict;
  /** For people, in Markdown; holds no secret. */
  readonly report: string;
  /** For programs, JSON; holds no secret. */
  readonly json: string;
}

export interface InvalidateManyParams {
  /** Made up by the client; progress carries it. */
  readonly id: string;
  readonly targets: readonly InvalidationTarget[];
  readonly identity: Identity;
  readonly apiKey?: string;
  readonly bearer?: string;
  readonly timeoutSeconds: number;
  readonly checks?: InvalidationChecks;
}

/** One target is done. They finish in any order. */
export interface InvalidateManyProgress {
  readonly id: string;
  /** Of the target. */
  readonly index: number;
  readonly verdict: Verdict;
  readonly done: number;
  readonly of: number;
}

/** Also a cancelled request has a result: what was not sent has a verdict that says so. */
export interface InvalidateManyResult {
  /** In the order of the targets. */
  readonly verdicts: readonly Verdict[];
  /** A table for people, in Markdown; holds no secret. */
  readonly report: string;
  /** For programs, a JSON array; holds no secret. */
  readonly json: string;
}

export interface CacheKeysParams {
  readonly target: InvalidationTarget;
}

/** Asks AWS; needs credentials. */
export interface ReadCacheKeysParams extends CacheKeysParams {
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface CacheKeysResult {
  /** Absent where nothing is known. */
  readonly entry?: CacheEntry;
  /** Why AWS did not tell; one line. */
  readonly problem?: string;
}

/** Which entry a target means, by the cache keys of its method. Free of secrets. */
export interface CacheEntry {
  /** Such as `GET /pets/{petId}`. */
  readonly route: string;
  readonly source: 'definition' | 'aws';
  readonly keys: readonly CacheEntryKey[];
  /** One sentence. */
  readonly meant: string;
  /** What may be another entry than was meant: sentences, the weightiest first. */
  readonly warnings: readonly string[];
}

export interface CacheEntryKey {
  /** `other` for what a caller cannot choose. */
  readonly place: 'path' | 'querystring' | 'header' | 'other';
  readonly name: string;
  /** Absent where the target does not have it. */
  readonly value?: string;
}

export interface CheckTargetParams {
  readonly target: InvalidationTarget;
  /** Whose word is wanted: that of the workspace's files, or that of AWS, which takes an identity that signs. */
  readonly by: 'workspace' | 'aws';
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface CheckTargetResult {
  /** `no` where the API certainly has no such stage or route; absent where AWS did not answer. */
  readonly fits?: 'yes' | 'no' | 'not-known';
  /** Sentences for people, the weightiest first; what AWS said instead where it did not answer. */
  readonly findings: readonly string[];
}

export interface CurlParams {
  readonly target: InvalidationTarget;
  readonly signing: 'sigv4' | 'unsigned';
  readonly apiKey: 'sent' | 'absent';
  readonly bearer?: 'sent' | 'absent';
}

export interface CurlResult {
  /** For a POSIX shell; holds no secret. Absent as long as there are problems. */
  readonly command?: string;
  /** What may go wrong with the command although the request is right. */
  readonly caveat?: string;
  readonly problems: readonly TargetProblem[];
}

export interface Verdict {
  readonly kind: string;
  /** Stable: which row of the verdict table matched. */
  readonly reason: string;
  readonly title: string;
  readonly explanation: string;
  readonly caveats: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

export interface NextStep {
  readonly id: string;
  readonly label: string;
}
