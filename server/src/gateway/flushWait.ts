import { type ControlOptions, type ControlResult, flushStage, readStageCache } from './control';
import { isSuccess } from './errorAnswer';
import { type Exchange, type ExchangeOptions, exchange } from './exchange';
import type { GatewayHost } from './host';
import { credentialsOf } from './identity';
import type { InvalidationTarget, StagePlace } from './target';
import { completeVerdict } from './verdict';
import type { VerdictData } from './verdictTable';

/** What came of waiting for a flush. */
export interface FlushWait {
  /**
   * `flushed` when the stage is no longer being flushed, `renewed` when a plain read of the entry gets another response
   * than before, `limit` if neither happened in time, `not-told` if the stage could not be read.
   */
  readonly state: 'flushed' | 'renewed' | 'limit' | 'not-told';
  readonly waitedMs: number;
}

export interface FlushWaitOptions extends ControlOptions {
  readonly limitMs: number;
  /** An entry that is read until it is new: GET or HEAD only. */
  readonly entry?: InvalidationTarget | undefined;
  /** How the entry is read; signed with the credentials of the flush. */
  readonly apiKey?: string | undefined;
}

/** Between two looks. The control plane allows 10 calls in a second for the whole account. */
const POLL_MS = 2000;

/**
 * Flushes a stage's cache and waits until that is done: until the stage is no longer being flushed, and, where an entry
 * is given, until a plain reader gets another answer than before. Never rejects.
 */
export async function flushAndWait(
  host: GatewayHost,
  place: StagePlace,
  options: FlushWaitOptions,
): Promise<ControlResult<FlushWait>> {
  const { entry, limitMs, signal } = options;
  const resolved = await credentialsOf(host, { ...options, region: place.region });
  const same: GatewayHost = { ...host, credentials: async () => resolved };
  const sending: ExchangeOptions = {
    keys: resolved.kind === 'failure' ? undefined : resolved.credentials.keys,
    apiKey: options.apiKey,
    timeoutMs: options.timeoutMs,
    signal,
  };
  const read = async (): Promise<string | undefined> =>
    entry === undefined ? undefined : digestOf(await exchange(same, entry, 'read', sending));
  const before = resolved.kind === 'failure' ? undefined : await read();
  const flushed = await flushStage(same, place, options);
  if (flushed.verdict.kind !== 'accepted') {
    return { ...flushed, value: undefined };
  }
  const isOver = (): boolean => signal?.aborted === true;
  let waitedMs = 0;
  let state: FlushWait['state'] | undefined;
  let isFlushed = false;
  while (state === undefined) {
    if (!isFlushed) {
      const { value } = await readStageCache(same, place, options);
      if (value === undefined && !isOver()) {
        state = 'not-told';
        break;
      }
      isFlushed = value !== undefined && value.status !== 'FLUSH_IN_PROGRESS';
    }
    if (isFlushed && entry === undefined) {
      state = 'flushed';
    } else if (isFlushed && before !== undefined) {
      const now = await read();
      state = now !== undefined && now !== before ? 'renewed' : undefined;
    }
    if (state === undefined) {
      if (waitedMs >= limitMs || isOver()) {
        state = 'limit';
      } else {
        const wait = Math.min(POLL_MS, limitMs - waitedMs);
        await host.wait(wait, signal);
        waitedMs += wait;
      }
    }
  }
  const value: FlushWait = { state, waitedMs };
  return {
    ...flushed,
    verdict: completeVerdict(isOver() && state === 'limit' ? CANCELLED : VERDICTS[state], [
      `Waited ${Math.round(waitedMs / 1000)} s.`,
    ]),
    value,
  };
}

const VERDICTS: Readonly<Record<FlushWait['state'], VerdictData>> = {
  flushed: {
    kind: 'accepted',
    reason: 'stage-flushed',
    title: 'Flushed: the cache of the whole stage is empty',
    explanation: 'API Gateway accepted the flush, and the stage is no longer being flushed.',
    steps: [],
  },
  renewed: {
    kind: 'accepted',
    reason: 'entry-renewed',
    title: 'Flushed: plain readers get a new response',
    explanation: 'API Gateway accepted the flush, and the entry that was read before is new.',
    steps: [],
  },
  limit: {
    kind: 'unknown',
    reason: 'flush-not-seen',
    title: 'Flushed, but not seen to be done in time',
    explanation:
      'API Gateway accepted the flush. Either the stage was still being flushed, or the entry had the same response as before, which a backend may give again.',
    steps: ['show-stage-settings'],
  },
  'not-told': {
    kind: 'unknown',
    reason: 'flush-not-read',
    title: 'Flushed, but whether it is done cannot be read',
    explanation: 'API Gateway accepted the flush. Reading the stage takes apigateway:GET on it.',
    steps: ['choose-profile'],
  },
};

const CANCELLED: VerdictData = {
  kind: 'cancelled',
  reason: 'wait-cancelled',
  title: 'Flushed, and no longer waited for',
  explanation: 'API Gateway accepted the flush; it was not waited for.',
  steps: [],
};

/** What tells one good answer from another; `undefined` for any other outcome. */
function digestOf({ outcome }: Exchange): string | undefined {
  return outcome.kind === 'response' && isSuccess(outcome.response.status)
    ? outcome.response.bodyDigest
    : undefined;
}
