/** Numbers that follow from a seed alone, so that a case can be made again. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  chance(of: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32 over a mix of the parts of the seed. Source: Tommy Ettinger, public domain. */
export function randomOf(...seed: readonly number[]): Random {
  let state = seed.reduce((mixed, part) => Math.imul(mixed ^ part, 0x9e3779b1) + 0x7f4a7c15, 0x2545f491) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (of) => next() < of,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) {
        throw new Error('Nothing to pick from.');
      }
      return item;
    },
  };
}
