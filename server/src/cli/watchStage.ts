import { counted } from '../core/index';
import { cacheChart } from '../gateway/chart';
import { type CacheMetrics, METRICS_MINUTES, readCacheMetrics } from '../gateway/metrics';
import { printable } from './format/printable';
import { toLine } from './invalidate';
import { type CliIo, complain, type ExitCode } from './io';
import { type StageRequest, tell } from './stage';

/** One answer that does not come is no reason to stop; several in a row are. */
const MAX_FAILURES = 3;

/** Columns of the chart. */
const COLUMNS = 60;

/**
 * Draws hits and misses of a stage's cache again and again until the user interrupts: over itself on a terminal, else a
 * line each time, as JSON if that is wanted. 0 after the interruption, else as `stage-cache`.
 */
export async function watchStageCache(
  io: CliIo,
  wanted: StageRequest,
  intervalMs: number,
): Promise<ExitCode> {
  const signal = io.interruption();
  const host = await io.gatewayHost();
  const { stage, format } = wanted;
  let drawn = 0;
  let failures = 0;
  for (let first = true; !signal.aborted; first = false) {
    const result = await readCacheMetrics(host, stage, { ...wanted, signal, minutes: METRICS_MINUTES });
    const { value, verdict } = result;
    if (signal.aborted) {
      break;
    }
    if (value === undefined) {
      failures += 1;
      if (first || failures >= MAX_FAILURES) {
        return tell(io, wanted, result);
      }
      complain(io, printable(`the metrics were not read: ${verdict.title}`));
      drawn = 0;
    } else {
      failures = 0;
      if (format === 'json') {
        io.stdout.write(toLine({ stage, metrics: value }, 'one line'));
      } else if (io.stdout.isTty) {
        const lines = chartOf(wanted, value);
        // Back up to the first line of what stands there, and empty from there on.
        io.stdout.write(`${drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`}${lines.join('\n')}\n`);
        drawn = lines.length;
      } else {
        io.stdout.write(`${lineOf(value)}\n`);
      }
    }
    await host.wait(intervalMs, signal);
  }
  return 0;
}

function chartOf({ stage }: StageRequest, metrics: CacheMetrics): readonly string[] {
  return [
    printable(
      `Cache of stage ${stage.stage} of ${stage.apiId}, by CloudWatch, some minutes behind; Ctrl+C ends`,
    ),
    ...cacheChart(metrics.minutes, { from: metrics.from, to: metrics.to, columns: COLUMNS }),
  ];
}

/** What the latest minute with requests had, and the hour. */
function lineOf({ to, hits, misses, minutes }: CacheMetrics): string {
  const latest = minutes.at(-1);
  const last =
    latest === undefined ? '' : `, ${latest.hits} and ${latest.misses} at ${latest.at.toISOString()}`;
  return `${to.toISOString()} ${counted(hits, 'hit')} and ${counted(misses, 'miss', 'misses')} in ${METRICS_MINUTES} minutes${last}`;
}
