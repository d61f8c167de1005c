import { pathToFileURL } from 'node:url';
import { grouped } from './grouped';
import type { MutantId } from './protocol';

/** What V8 tells of a script: Chrome DevTools Protocol, Profiler.ScriptCoverage. */
export interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** The indexes of the mutants whose places ran: in the narrowest range around one, the count is not 0. */
export function reachedBy(
  scripts: readonly ScriptCoverage[],
  mutants: readonly MutantId[],
): readonly number[] {
  const reached = new Set<number>();
  const byUrl = grouped(mutants.keys(), (index) => pathToFileURL(mutants[index]?.path ?? '').href);
  for (const { url, functions } of scripts) {
    const own = byUrl.get(url);
    if (own === undefined || functions.every(({ ranges }) => ranges[0]?.count === 0)) {
      continue;
    }
    const ranges = functions.flatMap((each) => each.ranges);
    for (const index of own) {
      const at = mutants[index]?.at ?? 0;
      let narrowest: Range | undefined;
      for (const range of ranges) {
        const isAround = range.startOffset <= at && at < range.endOffset;
        if (isAround && (narrowest === undefined || lengthOf(range) <= lengthOf(narrowest))) {
          narrowest = range;
        }
      }
      if ((narrowest?.count ?? 0) > 0) {
        reached.add(index);
      }
    }
  }
  return [...reached];
}

function lengthOf({ startOffset, endOffset }: Range): number {
  return endOffset - startOffset;
}
