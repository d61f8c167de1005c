import { askOnce } from './askOnce';
import type { EntryKeys } from './cacheKeys';
import type { GatewayHost } from './host';
import { type InvalidationResult, invalidate } from './invalidate';
import type { InvalidateOptions } from './invalidateOptions';
import { code, list, table, text } from './markdown';
import { mayChangeState } from './method';
import { createPace, type Pace } from './pace';
import { stageArn, targetArn } from './request';
import { DEFAULT_WAIT_MS, describeRetry, waitOf } from './retry';
import type { InvalidationTarget } from './target';

export interface BatchOptions extends Omit<InvalidateOptions, 'onProgress' | 'retry' | 'keys'> {
  /** Which parameters make an entry, target by target; `read` to ask AWS. */
  readonly keys?: ((target: InvalidationTarget) => EntryKeys | 'read' | undefined) | undefined;
  /** How many requests are under way at the same time, at most `MAX_CONCURRENCY`; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Requests started in a second, at most. */
  readonly perSecond?: number | undefined;
  /** Called after each, in the order in which they finish. */
  readonly onDone?: ((index: number, result: InvalidationResult) => void) | undefined;
  /** Called when API Gateway throttles: nothing is sent for that time. */
  readonly onThrottled?: ((waitMs: number) => void) | undefined;
}

/** More at once would only be throttled. */
const MAX_CONCURRENCY = 10;

/** A request is sent so often before its throttling is the verdict. */
const MAX_TRIES = 6;

/** An answer that wants a longer wait is left at that. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Invalidates several entries, and gives a result for each, in the order of the targets. Credentials, the caller's
 * identity and each stage's settings are asked for once. Where one request is throttled all wait, for as long as the
 * answer says or else twice as long each time, and go on more slowly. After a cancellation nothing more is sent, and the
 * rest of the results say so. Never rejects.
 */
export async function invalidateAll(
  host: GatewayHost,
  targets: readonly InvalidationTarget[],
  { concurrency = 4, perSecond, keys, onDone, onThrottled, ...options }: BatchOptions,
): Promise<readonly InvalidationResult[]> {
  const shared = askOnce(host);
  const pace = createPace(host, { perSecond, signal: options.signal });
  const results: InvalidationResult[] = [];
  const waiting = [...targets.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, target] = next;
      const result = await untilNotThrottled(target, pace, onThrottled, () =>
        invalidate(shared, target, { ...options, keys: keys?.(target), retry: 'for-clock' }),
      );
      results[index] = result;
      onDone?.(index, result);
    }
  };
  const workers = Math.max(1, Math.min(concurrency, MAX_CONCURRENCY, targets.length));
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

/** Sends again as long as that is safe and may help. */
async function untilNotThrottled(
  { method }: InvalidationTarget,
  pace: Pace,
  onThrottled: BatchOptions['onThrottled'],
  send: () => Promise<InvalidationResult>,
): Promise<InvalidationResult> {
  let waited = 0;
  for (let tries = 1; ; tries++) {
    await pace.turn();
    const result = await send();
    const wait = waitAfter(result, tries);
    if (wait === undefined || wait > LONGEST_WAIT_MS || mayChangeState(method) || tries === MAX_TRIES) {
      if (result.verdict.kind !== 'throttled') {
        pace.went();
      }
      return tries === 1 ? result : withRetry(result, { waitMs: waited, throttled: tries - 1 });
    }
    waited += wait;
    pace.hold(wait);
    onThrottled?.(wait);
  }
}

/** Milliseconds; `undefined` for what is no throttling, or one that no waiting ends. */
function waitAfter({ verdict, response }: InvalidationResult, tries: number): number | undefined {
  return verdict.reason === 'throttled' && response !== undefined
    ? (waitOf(response.headers) ?? DEFAULT_WAIT_MS * 2 ** (tries - 1))
    : undefined;
}

function withRetry(
  result: InvalidationResult,
  { waitMs, throttled }: { readonly waitMs: number; readonly throttled: number },
): InvalidationResult {
  if (result.response === undefined) {
    return result;
  }
  const retry = { reason: 'throttled', waitMs, clockOffsetMs: 0, throttled } as const;
  const { verdict } = result;
  return {
    ...result,
    retry,
    verdict: { ...verdict, explanation: `${verdict.explanation} ${describeRetry(retry)}` },
  };
}

/** The results as a Markdown document: a table of verdicts, and what to do. It holds no secret. */
export function renderBatch(results: readonly InvalidationResult[]): string {
  const accepted = results.filter(({ verdict }) => verdict.kind === 'accepted').length;
  const steps = new Set(results.flatMap(({ verdict }) => verdict.nextSteps.map(({ label }) => label)));
  const stages = new Set(results.map(({ target }) => stageArn(target)));
  const caveats = new Set(results.flatMap(({ verdict }) => verdict.caveats));
  return [
    `# ${accepted} of ${results.length} accepted`,
    ...(stages.size === 1 ? [`All of ${code(`${[...stages].join('')}/`)}:`] : []),
    table(
      results.map(({ target, verdict, response, timings }) => [
        code(stages.size === 1 ? `${target.method} /${target.path}` : targetArn(target)),
        text(verdict.title),
        response === undefined ? '' : String(response.status),
        // Not to be broken where the columns are narrow.
        timings === undefined ? '' : `${timings.totalMs}\u00a0ms`,
      ]),
      [stages.size === 1 ? 'Request' : 'Resource', 'Verdict', 'Status', 'Time'],
    ),
    ...(caveats.size === 0 ? [] : ['## What this cannot know', list([...caveats].map(text))]),
    ...(steps.size === 0 ? [] : ['## What to do next', list([...steps])]),
  ]
    .join('\n\n')
    .concat('\n');
}
