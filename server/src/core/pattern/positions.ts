import { ONE, type Pattern, RUN } from './compiledPattern';

/**
 * How far into a pattern a text may have led that is read piece by piece: the indexes of the codes that come next, in
 * ascending order. So many texts that begin alike are laid over one pattern, and what fails early costs little.
 */
export type Positions = readonly number[];

/** Where a text begins. */
export function beginning(pattern: Pattern): Positions {
  return positionsFrom(pattern, 0);
}

function positionsFrom(pattern: Pattern, position: number): Positions {
  const positions: number[] = [];
  addPosition(pattern, positions, position);
  return positions;
}

/** Behind a piece that is known to the letter. */
export function afterText(pattern: Pattern, from: Positions, text: string): Positions {
  const { codes } = pattern;
  let positions = from;
  let at = 0;
  if (from.length === 1) {
    // As far as there is one position alone, which is nearly always where texts are told apart, no list is made.
    let position = from[0] ?? 0;
    for (let code = codes[position]; at < text.length && (code === undefined || code > RUN); at += 1) {
      if (code !== ONE && code !== text.charCodeAt(at)) {
        return NOWHERE;
      }
      position += 1;
      code = codes[position];
    }
    positions = positionsFrom(pattern, position);
  }
  for (; at < text.length && positions.length > 0; at += 1) {
    positions = afterCode(pattern, positions, text.charCodeAt(at));
  }
  return positions;
}

const NOWHERE: Positions = [];

/** Behind one or more characters of a kind. Every kind has some. */
export function afterSome(pattern: Pattern, from: Positions, accepts: (code: number) => boolean): Positions {
  const { codes } = pattern;
  const positions: number[] = [];
  // What is found is gone on from, and lies behind what it was found from: both lists are read in one ascending order.
  for (let next = 0, found = 0; next < from.length || found < positions.length; ) {
    const one = from[next] ?? codes.length;
    const other = positions[found] ?? codes.length;
    const at = Math.min(one, other);
    next += one === at ? 1 : 0;
    found += other === at ? 1 : 0;
    const code = codes[at];
    if (code === undefined) {
      continue;
    }
    if (code <= RUN) {
      addPosition(pattern, positions, at);
    } else if (code === ONE || accepts(code)) {
      addPosition(pattern, positions, at + 1);
    }
  }
  return positions;
}

/** Where one of several pieces leads. */
export function eitherOf(each: readonly Positions[]): Positions {
  const some = each.filter(({ length }) => length > 0);
  return some.length < 2 ? (some[0] ?? []) : [...new Set(some.flat())].sort((a, b) => a - b);
}

/** Whether the text may end there. */
export function mayEnd({ codes }: Pattern, positions: Positions): boolean {
  return positions.at(-1) === codes.length;
}

function afterCode(pattern: Pattern, from: Positions, text: number): Positions {
  const { codes } = pattern;
  const positions: number[] = [];
  for (const at of from) {
    const code = codes[at];
    if (code !== undefined && code <= RUN) {
      addPosition(pattern, positions, at);
    } else if (code === ONE || code === text) {
      addPosition(pattern, positions, at + 1);
    }
  }
  return positions;
}

/** Adds a position, and those to which runs lead on that stand for nothing; it lies behind none but what it leads to. */
function addPosition({ codes }: Pattern, positions: number[], position: number): void {
  for (let at = position; ; at += 1) {
    if (at > (positions.at(-1) ?? -1)) {
      positions.push(at);
    }
    const code = codes[at];
    if (code === undefined || code > RUN) {
      return;
    }
  }
}
