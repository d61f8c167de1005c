/**
 * Finds those of many patterns that may cover a text, so that `coversText` is called for few. No pattern that covers
 * the text is missed; one that is found may still not cover it.
 *
 * A pattern covers only texts that begin with what is before its first wildcard. If many patterns begin alike, the text
 * must also contain the longest literal part after that.
 */
export class CoverIndex<Value> {
  readonly #exact = new Map<string, Value[]>();
  readonly #byPrefix = new Map<string, Group<Value>>();
  readonly #lengths = new Set<number>();

  /** @param pattern folded by the caller where case does not count */
  add(pattern: string, value: Value): void {
    const wildcard = pattern.search(/[*?]/);
    if (wildcard < 0) {
      push(this.#exact, pattern, value);
      return;
    }
    const prefix = pattern.slice(0, wildcard);
    let group = this.#byPrefix.get(prefix);
    if (group === undefined) {
      group = new Group();
      this.#byPrefix.set(prefix, group);
      this.#lengths.add(wildcard);
    }
    group.add(pattern, value);
  }

  /** The values of all patterns that may cover a text, which may be a pattern too. */
  candidates(text: string): readonly Value[] {
    const found = this.#exact.get(text)?.slice() ?? [];
    for (const length of this.#lengths) {
      const group = length <= text.length ? this.#byPrefix.get(text.slice(0, length)) : undefined;
      group?.collect(text, found);
    }
    return found;
  }
}

/** Up to here looking at each costs less than looking for its parts. */
const FEW = 16;

/** More parts of a text are not looked up: then each pattern is looked at. */
const MOST_PARTS = 2_048;

/** Patterns of one beginning. */
class Group<Value> {
  readonly #all: { readonly pattern: string; readonly value: Value }[] = [];
  #parts: Parts<Value> | undefined;

  add(pattern: string, value: Value): void {
    this.#all.push({ pattern, value });
    this.#parts = undefined;
  }

  collect(text: string, found: Value[]): void {
    if (this.#all.length > FEW) {
      this.#parts ??= partsOf(this.#all);
      if (this.#parts.lengths.length * text.length <= MOST_PARTS) {
        collectByParts(this.#parts, text, found);
        return;
      }
    }
    for (const { value } of this.#all) {
      found.push(value);
    }
  }
}

interface Parts<Value> {
  readonly byPart: ReadonlyMap<string, readonly Value[]>;
  readonly lengths: readonly number[];
  /** Of patterns without a part, which cover all that begins as they do, or of which that cannot be told. */
  readonly open: readonly Value[];
}

function partsOf<Value>(all: readonly { readonly pattern: string; readonly value: Value }[]): Parts<Value> {
  const byPart = new Map<string, Value[]>();
  const open: Value[] = [];
  for (const { pattern, value } of all) {
    const part = longestPart(pattern);
    if (part === '') {
      open.push(value);
    } else {
      push(byPart, part, value);
    }
  }
  return { byPart, lengths: [...new Set([...byPart.keys()].map(({ length }) => length))], open };
}

/** The longest literal part behind the first wildcard. Of variables and escapes, what is literal is not told here. */
function longestPart(pattern: string): string {
  if (pattern.includes('$')) {
    return '';
  }
  const [, ...parts] = pattern.split(/[*?]/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function collectByParts<Value>({ byPart, lengths, open }: Parts<Value>, text: string, found: Value[]): void {
  for (const value of open) {
    found.push(value);
  }
  const seen = new Set<string>();
  for (const length of lengths) {
    for (let at = 0; at + length <= text.length; at += 1) {
      const part = text.slice(at, at + length);
      const values = byPart.get(part);
      if (values !== undefined && !seen.has(part)) {
        seen.add(part);
        for (const value of values) {
          found.push(value);
        }
      }
    }
  }
}

function push<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const known = index.get(key);
  if (known === undefined) {
    index.set(key, [value]);
  } else {
    known.push(value);
  }
}
