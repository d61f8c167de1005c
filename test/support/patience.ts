import { availableParallelism, loadavg } from 'node:os';

/** Milliseconds that {@link countingTime} takes on an idle machine of the kind the limits were chosen for. */
const REFERENCE = 12;

/**
 * A limit for waiting, in milliseconds, by the machine as it is now: `ms` is what an idle machine needs many times
 * over; a slower or a busy one gets more, at most twelve times as much. It only ever decides how soon a failure is
 * told: whoever waits, waits for an event.
 */
export function limit(ms: number): number {
  return Math.round(ms * Math.min(12, slowness() * busyness()));
}

/**
 * The time that `run` keeps the processor busy, in milliseconds of an idle machine of the kind the limits were chosen for.
 * Other programs do not count, nor does a slow processor; for bounds that only something like a square exceeds.
 */
export function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000 / slowness());
}

let measured: number | undefined;

/** How much longer this processor takes than the reference; 1 at least. */
export function slowness(): number {
  measured ??= Math.max(1, Math.min(countingTime(), countingTime(), countingTime()) / REFERENCE);
  return measured;
}

/** How many programs want each processor, on the average of the last minute; 1 at least. Windows does not tell. */
function busyness(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

function countingTime(): number {
  const before = process.cpuUsage();
  let sum = 0;
  for (let index = 0; index < 10_000_000; index += 1) {
    sum = (sum + index * 31) | 0;
  }
  // Asked of the sum, so that the loop is not left out.
  return Number.isNaN(sum) ? 0 : process.cpuUsage(before).user / 1000;
}
