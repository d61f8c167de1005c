import type { Identity, Verdict } from './invalidation';

/** A stage, and where it is. */
export interface StagePlace {
  readonly partition: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
}

export interface StageCacheParams {
  readonly stage: StagePlace;
  /** What the page is to say something about in particular; the path without its leading slash. */
  readonly request?: { readonly method: string; readonly path: string };
  /** Also what CloudWatch counted in the last hour, as a chart on the page. */
  readonly metrics?: 'read';
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface StageCacheResult {
  /** `accepted` where the settings were read. */
  readonly verdict: Verdict;
  /** The page that explains the settings, or why they could not be read; Markdown. */
  readonly report: string;
  /** Absent where they could not be read. */
  readonly settings?: StageCacheSummary;
}

export interface StageCacheSummary {
  readonly cluster: 'on' | 'off';
  readonly status?: string;
  /** In GB. */
  readonly size?: string;
  /** How many methods have settings of their own. */
  readonly overrides: number;
  readonly findings: readonly StageFinding[];
  /** About the request in mind; absent without one. */
  readonly request?: {
    /** Whether nothing can be invalidated: a sentence that says why. */
    readonly uncached?: string;
    /** Whether an unauthorized invalidation would look like a good one. */
    readonly silence: 'silent' | 'told';
    /** Absent where the stage does not say. */
    readonly authorization?: 'required' | 'not-required';
    readonly notes: readonly string[];
  };
}

export interface StageFinding {
  readonly id: string;
  readonly weight: 'wrong' | 'note';
  readonly message: string;
}

export interface FlushStageCacheParams {
  readonly stage: StagePlace;
  /** The entries of the cache, or what the authorizers answered before; the entries unless said otherwise. */
  readonly what?: 'entries' | 'authorizers';
  /** Until the stage is no longer being flushed, at most so many seconds; of entries only. */
  readonly wait?: { readonly limitSeconds: number };
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface FlushStageCacheResult {
  readonly verdict: Verdict;
  /** For people, in Markdown; holds no secret. */
  readonly report: string;
}

export interface WhoAmIParams {
  readonly partition: string;
  readonly region: string;
  readonly identity: Identity;
  readonly timeoutSeconds: number;
}

export interface WhoAmIResult {
  /** `accepted` where AWS knows the caller. */
  readonly verdict: Verdict;
  readonly account?: string;
  readonly arn?: string;
}
