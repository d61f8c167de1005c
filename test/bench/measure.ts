import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Short work is repeated, so that the clock is fine enough for it. */
const LEAST_MS = 4;

/**
 * Measures things against each other: after a warm-up they take turns, so that whatever else the machine does falls
 * on all of them alike.
 *
 * @param inputOf makes what a contestant is given, anew for each of its turns; the clock stands meanwhile
 * @returns the median of each, in milliseconds
 */
export function race<Input, Name extends string>(
  inputOf: () => Input,
  contestants: Readonly<Record<Name, (input: Input) => unknown>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  const entries = Object.entries(contestants) as [Name, (input: Input) => unknown][];
  const runs = entries.map(([name, run]) => ({
    name,
    run,
    repeats: warmUp(inputOf, run),
    times: [] as number[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, repeats, times } of runs) {
      const inputs = Array.from({ length: repeats }, inputOf);
      const time = processorMs(() => {
        for (const input of inputs) {
          run(input);
        }
      });
      times.push(time / repeats);
    }
  }
  return Object.fromEntries(runs.map(({ name, times }) => [name, median(times)])) as Record<Name, number>;
}

/** The processor's time that something takes, in milliseconds, of all threads: that of the clock tells what else ran. */
export function processorMs(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs something until it has been compiled for good, and says how often one measurement repeats it. */
function warmUp<Input>(inputOf: () => Input, run: (input: Input) => unknown): number {
  const begun = process.cpuUsage();
  const passed = (): number => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  let count = 0;
  while (count < 5 || passed() < 400) {
    run(inputOf());
    count += 1;
  }
  const input = inputOf();
  return Math.max(
    1,
    Math.ceil(
      LEAST_MS /
        Math.max(
          0.01,
          processorMs(() => run(input)),
        ),
    ),
  );
}

/** Node tells no program how to collect garbage that was not started for it. */
export const collectGarbage: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();
