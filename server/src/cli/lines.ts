/** 1-based, UTF-16, as editors and compilers count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of a text, cut at CR LF, LF and CR alike. */
export interface Lines {
  /** The position of an offset; an offset beyond the text is its end. */
  positionAt(offset: number): Position;
  /** A line without its end, by 1-based number. */
  lineAt(line: number): string;
}

/** The lines of a text; they are found when first needed. */
export function splitLines(text: string): Lines {
  let places: LinePlaces | undefined;
  const placesOf = (): LinePlaces => {
    places ??= findLines(text);
    return places;
  };
  return {
    positionAt: (offset) => {
      const { starts } = placesOf();
      const within = Math.min(Math.max(offset, 0), text.length);
      const line = countUpTo(starts, within);
      return { line, column: within - (starts[line - 1] ?? 0) + 1 };
    },
    lineAt: (line) => {
      const { starts, ends } = placesOf();
      return text.slice(starts[line - 1] ?? text.length, ends[line - 1]);
    },
  };
}

interface LinePlaces {
  readonly starts: readonly number[];
  /** Of all lines but the last. */
  readonly ends: readonly number[];
}

function findLines(text: string): LinePlaces {
  const starts = [0];
  const ends: number[] = [];
  const end = /\r\n|\n|\r/g;
  while (end.test(text)) {
    const next = end.lastIndex;
    ends.push(text.startsWith('\r\n', next - 2) ? next - 2 : next - 1);
    starts.push(next);
  }
  return { starts, ends };
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Number.POSITIVE_INFINITY) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
