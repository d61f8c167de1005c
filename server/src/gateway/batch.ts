import { askOnce } from './askOnce';
import type { GatewayHost } from './host';
import { type InvalidateOptions, type InvalidationResult, invalidate } from './invalidate';
import { code, list, table, text } from './markdown';
import { type InvalidationTarget, stageArn, targetArn } from './request';

export interface BatchOptions extends Omit<InvalidateOptions, 'onProgress'> {
  /** How many requests are under way at the same time, at most `MAX_CONCURRENCY`; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Called after each, in the order in which they finish. */
  readonly onDone?: ((index: number, result: InvalidationResult) => void) | undefined;
}

/** More at once would only be throttled. */
export const MAX_CONCURRENCY = 10;

/**
 * Invalidates several entries, and gives a result for each, in the order of the targets. Credentials, the caller's
 * identity and each stage's settings are asked for once. After a cancellation nothing more is sent, and the rest of
 * the results say so. Never rejects.
 */
export async function invalidateAll(
  host: GatewayHost,
  targets: readonly InvalidationTarget[],
  { concurrency = 4, onDone, ...options }: BatchOptions,
): Promise<readonly InvalidationResult[]> {
  const shared = askOnce(host);
  const results: InvalidationResult[] = [];
  const waiting = [...targets.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, target] = next;
      const result = await invalidate(shared, target, options);
      results[index] = result;
      onDone?.(index, result);
    }
  };
  const workers = Math.max(1, Math.min(concurrency, MAX_CONCURRENCY, targets.length));
  await Promise.all(Array.from({ length: workers }, work));
  return results;
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
