import type { CountedMinute } from './host';

/** Bars of eighths; a blank for nothing. */
const BARS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Values as bars, the highest as tall as a line is. Whatever is more than nothing can be seen. */
export function sparkline(values: readonly number[], highest: number): string {
  return values
    .map(
      (value) => BARS[value <= 0 || highest <= 0 ? 0 : Math.max(1, Math.round((value / highest) * 8))] ?? '█',
    )
    .join('');
}

/**
 * Hits and misses as two lines of bars on the same scale, a column for each span of time, the latest last.
 *
 * @param columns at most; a column stands for a whole number of minutes
 */
export function cacheChart(
  minutes: readonly CountedMinute[],
  { from, to, columns }: { readonly from: Date; readonly to: Date; readonly columns: number },
): readonly string[] {
  const length = Math.max(1, Math.ceil((to.getTime() - from.getTime()) / MINUTE));
  const perColumn = Math.ceil(length / columns);
  const width = Math.ceil(length / perColumn);
  const hits = new Array<number>(width).fill(0);
  const misses = new Array<number>(width).fill(0);
  for (const minute of minutes) {
    const age = Math.floor((to.getTime() - minute.at.getTime()) / MINUTE / perColumn);
    const column = width - 1 - Math.max(0, age);
    if (column >= 0) {
      hits[column] = (hits[column] ?? 0) + minute.hits;
      misses[column] = (misses[column] ?? 0) + minute.misses;
    }
  }
  const highest = Math.max(...hits, ...misses);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const unit = perColumn === 1 ? 'a minute' : `${perColumn} minutes`;
  return [
    `hits   |${sparkline(hits, highest)}| ${total(hits)}`,
    `misses |${sparkline(misses, highest)}| ${total(misses)}`,
    `${clock(from)} to ${clock(to)} UTC, ${unit} a column, the highest is ${highest}`,
  ];
}

const MINUTE = 60_000;

function clock(time: Date): string {
  return time.toISOString().slice(11, 16);
}
