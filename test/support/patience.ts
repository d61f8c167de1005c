import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** Milliseconds that {@link usualWork} takes on an idle machine of the kind the limits were chosen for. */
const REFERENCE = 50;

/** What takes longer is compared with the machine as it is then, which others may slow down from minute to minute. */
const LONG_MS = 100;

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
 * Other programs do not count, nor does a slow processor, nor, on Linux, V8's threads that compile and collect garbage
 * meanwhile; for bounds that only something like a square exceeds.
 */
export function processorTime(run: () => void): number {
  const before = threadTime();
  run();
  const took = threadTime() - before;
  return Math.round(
    took / Math.max(slowness(), took > LONG_MS ? Math.min(usualWork(), usualWork()) / REFERENCE : 1),
  );
}

let measured: number | undefined;

/** How much longer this processor takes than the reference; 1 at least. */
export function slowness(): number {
  measured ??= Math.max(1, Math.min(usualWork(), usualWork(), usualWork()) / REFERENCE);
  return measured;
}

/** How many programs want each processor, on the average of the last minute; 1 at least. Windows does not tell. */
function busyness(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/** The time of work as an engine does it: text is parsed, put together, and looked up. */
function usualWork(): number {
  const before = threadTime();
  for (let round = 0; round < 5; round += 1) {
    const seen = new Map<string, number>();
    for (const { Action, Resource } of JSON.parse(WORK)) {
      const key = `${Action} ${Resource.split(':')[5]}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  return threadTime() - before;
}

const WORK = JSON.stringify(
  Array.from({ length: 8_000 }, (_, index) => ({
    Action: `s3:Get${index % 70}`,
    Resource: `arn:aws:s3:::bucket${index}/*`,
  })),
);

/**
 * Milliseconds that this thread has had a processor; those of the whole process where the system does not tell
 * (proc_pid_schedstat(5) is of Linux alone).
 */
export function threadTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ', 1)[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}
