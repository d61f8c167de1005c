import { compareTexts, firstIndex } from '../pattern/bisect';
import type { Pattern } from '../pattern/pattern';

/** A pattern of a list, compiled once. */
export interface CompiledText {
  readonly text: string;
  readonly pattern: Pattern;
  /** Whether a template or a variable stands in it, so that membership is told by `covers`. */
  readonly isOpen: boolean;
}

/** Finds among many patterns those that can have a text in common with one, by what stands before the first wildcard. */
export class PrefixIndex {
  private readonly byPrefix = new Map<string, CompiledText[]>();
  private readonly sorted: readonly string[];
  private readonly longest: number;

  constructor(texts: Iterable<CompiledText>) {
    let longest = 0;
    for (const text of texts) {
      const prefix = literalPrefix(text.pattern);
      const of = this.byPrefix.get(prefix);
      if (of === undefined) {
        this.byPrefix.set(prefix, [text]);
      } else {
        of.push(text);
      }
      longest = Math.max(longest, prefix.length);
    }
    this.sorted = [...this.byPrefix.keys()].sort(compareTexts);
    this.longest = longest;
  }

  /**
   * The patterns whose literal prefix begins with that of this one, or the other way round; none of the others matches
   * anything that this one matches.
   */
  candidates(pattern: Pattern): readonly CompiledText[] {
    const prefix = literalPrefix(pattern);
    const found: CompiledText[] = [];
    for (let length = 0; length < Math.min(prefix.length, this.longest + 1); length += 1) {
      found.push(...(this.byPrefix.get(prefix.slice(0, length)) ?? []));
    }
    for (let at = this.firstFrom(prefix); at < this.sorted.length; at += 1) {
      const longer = this.sorted[at] ?? '';
      if (!longer.startsWith(prefix)) {
        break;
      }
      found.push(...(this.byPrefix.get(longer) ?? []));
    }
    return found;
  }

  private firstFrom(prefix: string): number {
    return firstIndex(this.sorted.length, (index) => (this.sorted[index] ?? '') >= prefix);
  }
}

function literalPrefix({ codes }: Pattern): string {
  const wildcard = codes.findIndex((code) => code < 0);
  const end = Math.min(wildcard < 0 ? codes.length : wildcard, MOST_PREFIX);
  return String.fromCharCode(...codes.slice(0, end));
}

/** Shorter prefixes suffice to distinguish ARNs; longer ones are compared directly. */
const MOST_PREFIX = 200;
