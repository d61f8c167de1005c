/** Short work is repeated, so that the clock is fine enough for it. */
const LEAST_MS = 4;

/**
 * Measures things against each other: after a warm-up they take turns, so that whatever else the machine does falls
 * on all of them alike.
 */
export function race<Name extends string>(
  contestants: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  const entries = Object.entries(contestants) as [Name, () => unknown][];
  const runs = entries.map(([name, run]) => ({ name, run, repeats: warmUp(run), times: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, repeats, times } of runs) {
      const begun = performance.now();
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        run();
      }
      times.push((performance.now() - begun) / repeats);
    }
  }
  return Object.fromEntries(runs.map(({ name, times }) => [name, median(times)])) as Record<Name, number>;
}

export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs something until it has been compiled for good, and says how often one measurement repeats it. */
function warmUp(run: () => unknown): number {
  const begun = performance.now();
  let count = 0;
  while (count < 5 || performance.now() - begun < 400) {
    run();
    count += 1;
  }
  const again = performance.now();
  run();
  return Math.max(1, Math.ceil(LEAST_MS / (performance.now() - again)));
}
