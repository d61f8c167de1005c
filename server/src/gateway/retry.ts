import { headerValue } from './errorAnswer';
import { CANCELLED, type Exchange, type ExchangeOptions, exchange } from './exchange';
import type { GatewayHost } from './host';
import { readHttpDate } from './httpDate';
import type { InvalidateOptions } from './invalidateOptions';
import { mayChangeState } from './method';
import type { InvalidationTarget, NameValue } from './target';
import { judge } from './verdict';
import type { JudgeContext, Verdict } from './verdictTable';

/** Why and how a request is sent a second time. */
export interface Retry {
  readonly reason: 'clock-skew' | 'throttled';
  readonly waitMs: number;
  /** What the signature's time differs from this machine's by. */
  readonly clockOffsetMs: number;
  /** How often the request was throttled before; once unless given. */
  readonly throttled?: number | undefined;
}

/** Nobody who watches a progress bar waits longer. */
const LONGEST_WAIT_MS = 10_000;

/** Where the answer does not say how long to wait. */
export const DEFAULT_WAIT_MS = 1000;

/** The try that counts, and why there was one before it. */
export interface LastTry {
  readonly last: Exchange;
  readonly verdict: Verdict;
  readonly retry: Retry | undefined;
}

/** Sends the invalidation, in at most two tries: see `retryOf` for when there is a second. */
export async function sendWithRetry(
  host: GatewayHost,
  target: InvalidationTarget,
  context: JudgeContext,
  { retry: tries, signal, onProgress }: InvalidateOptions,
  sending: ExchangeOptions,
): Promise<LastTry> {
  const first = await exchange(host, target, 'invalidate', sending);
  const verdict = judge(first.outcome, { ...context, sentAt: first.sentAt });
  const retry = tries === 'never' ? undefined : retryOf(first, verdict, tries);
  if (retry === undefined) {
    return { last: first, verdict, retry };
  }
  if (retry.waitMs > 0) {
    onProgress?.('waiting');
    await host.wait(retry.waitMs, signal);
    if (signal?.aborted === true) {
      return { last: { ...first, outcome: CANCELLED }, verdict: judge(CANCELLED, context), retry: undefined };
    }
  }
  const second = await exchange(host, target, 'invalidate', {
    ...sending,
    clockOffsetMs: retry.clockOffsetMs,
  });
  return { last: second, verdict: judge(second.outcome, { ...context, sentAt: second.sentAt }), retry };
}

/**
 * Whether a second try is safe and may help: only for requests that change nothing, and only where the first was turned
 * away before it reached a cache or a backend. An answer that wants a longer wait than a person has is left at that.
 */
function retryOf(
  { outcome, request, sentAt }: Exchange,
  verdict: Verdict,
  tries: InvalidateOptions['retry'],
): Retry | undefined {
  if (outcome.kind === 'failure' || mayChangeState(request.method)) {
    return undefined;
  }
  const { headers } = outcome.response;
  const serverTime = readHttpDate(headerValue(headers, 'date'));
  if (verdict.reason === 'clock-skew') {
    return serverTime === undefined
      ? undefined
      : { reason: 'clock-skew', waitMs: 0, clockOffsetMs: serverTime - sentAt.getTime() };
  }
  if (verdict.reason !== 'throttled' || tries === 'for-clock') {
    return undefined;
  }
  const waitMs = waitOf(headers) ?? DEFAULT_WAIT_MS;
  return waitMs > LONGEST_WAIT_MS ? undefined : { reason: 'throttled', waitMs, clockOffsetMs: 0 };
}

/** What was done, for people. */
export function describeRetry({ reason, waitMs, throttled = 1 }: Retry): string {
  return reason === 'clock-skew'
    ? "This machine's clock is off; the request was signed again with the server's time."
    : throttled === 1
      ? `The first try was throttled; this is the second, ${waitMs} ms later.`
      : `It was throttled ${throttled} times before, and sent again after ${waitMs} ms in all.`;
}

/** How long an answer wants the sender to wait, in seconds or until a date (RFC 9110, section 10.2.3). */
export function waitOf(headers: readonly NameValue[]): number | undefined {
  const retryAfter = headerValue(headers, 'retry-after')?.trim();
  if (retryAfter === undefined) {
    return undefined;
  }
  if (/^\d+$/.test(retryAfter)) {
    return Number(retryAfter) * 1000;
  }
  const until = readHttpDate(retryAfter);
  const serverTime = readHttpDate(headerValue(headers, 'date'));
  return until === undefined || serverTime === undefined ? undefined : Math.max(0, until - serverTime);
}
