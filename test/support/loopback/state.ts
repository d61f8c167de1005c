import type { CallerConfig, LoopbackGatewayConfig, Reply } from './config';

/** What a running gateway remembers between requests. */
export interface GatewayState {
  readonly config: LoopbackGatewayConfig;
  readonly now: () => Date;
  /** Those of the configuration, and the sessions that were handed out since. */
  readonly callers: CallerConfig[];
  readonly cache: Map<string, { readonly reply: Reply; readonly expires: number }>;
  /** How often each path was fetched. */
  readonly fetches: Map<string, number>;
  /**
   * Hits and misses, as CloudWatch counts them, by API and stage, and by method where the stage has detailed metrics; each
   * by the minute, in seconds since 1970.
   */
  readonly counts: Map<string, Map<number, { readonly hits: number; readonly misses: number }>>;
  /** How often a stage will still tell that it is being flushed. */
  readonly flushing: Map<string, number>;
  /** How many requests each stage with a canary release had. */
  readonly arrivals: Map<string, number>;
  /** How many requests to each stage were throttled. */
  readonly turnedAway: Map<string, number>;
}

/** The name of a cache entry; a stage's names begin alike. */
export function cacheKeyOf(apiId: string, stage: string, rest?: readonly unknown[]): string {
  return `${JSON.stringify([apiId, stage])}${rest === undefined ? '' : JSON.stringify(rest)}`;
}
