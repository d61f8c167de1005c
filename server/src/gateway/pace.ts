import type { GatewayHost } from './host';

/** How fast several requests are started. Those who wait, wait together: a throttled account is throttled for all. */
export interface Pace {
  /** Settles when the next request may be started, or when the signal fires. */
  turn(): Promise<void>;
  /** Nothing is started for that time, and afterwards less often. */
  hold(milliseconds: number): void;
  /** A request went through: the pace goes back to what it was, little by little. */
  went(): void;
}

export interface PaceOptions {
  /** Requests started in a second, at most; as fast as they come unless given. */
  readonly perSecond?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** After a first throttle, requests are started at most this often; each further one doubles it. */
const FIRST_GAP_MS = 50;
const WIDEST_GAP_MS = 2000;

/** So many requests in a row have to go through before the gap is halved. */
const GOOD_RUN = 10;

/** Spaces requests: by the given number per second, and more slowly after API Gateway has throttled. */
export function createPace(
  host: Pick<GatewayHost, 'now' | 'wait'>,
  { perSecond, signal }: PaceOptions,
): Pace {
  const own = perSecond === undefined ? 0 : 1000 / perSecond;
  const now = (): number => host.now().getTime();
  let gap = own;
  let good = 0;
  let free = Number.NEGATIVE_INFINITY;
  /** Until then nothing is started. */
  let held = Number.NEGATIVE_INFINITY;
  return {
    turn: async () => {
      // Whoever slept through a hold has to see whether there was another one meanwhile.
      let start: number;
      do {
        start = Math.max(free, now());
        const wait = start - now();
        if (gap > 0) {
          free = start + gap;
        }
        if (wait > 0 && signal?.aborted !== true) {
          await host.wait(wait, signal);
        }
      } while (start < held && signal?.aborted !== true);
    },
    hold: (milliseconds) => {
      held = Math.max(held, now() + milliseconds);
      free = Math.max(free, held);
      gap = Math.min(Math.max(gap * 2, FIRST_GAP_MS), Math.max(WIDEST_GAP_MS, own));
      good = 0;
    },
    went: () => {
      good += 1;
      if (good >= GOOD_RUN) {
        good = 0;
        gap = gap / 2 < FIRST_GAP_MS ? own : Math.max(gap / 2, own);
      }
    },
  };
}
