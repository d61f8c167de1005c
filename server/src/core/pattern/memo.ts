/** How much a memo keeps, in characters. */
export interface MemoSize {
  /** Of all texts together, with some more for what is kept of each: beyond, all are forgotten. */
  readonly room?: number;
  /** Of one text. What is longer is worked out anew each time. */
  readonly longest?: number;
}

/**
 * Remembers what a pure function of a text gave. Policies repeat themselves: the same actions, services and fields of
 * ARNs stand in them by the thousand. Memory stays bounded.
 */
export function memoize<T>(
  make: (text: string) => T,
  { room = 2_000_000, longest = LONGEST_KEPT }: MemoSize = {},
): (text: string) => T {
  const made = new Map<string, T | typeof NOTHING>();
  let used = 0;
  return (text) => {
    if (text.length > longest) {
      return make(text);
    }
    const known = made.get(text);
    if (known !== undefined) {
      return (known === NOTHING ? undefined : known) as T;
    }
    used += text.length + OF_EACH;
    if (used > room) {
      made.clear();
      used = text.length + OF_EACH;
    }
    const own = detached(text);
    const value = make(own);
    made.set(own, value ?? NOTHING);
    return value;
  };
}

/**
 * Names and ARNs are shorter. What is longer may be typed letter by letter, and each of its versions would be kept: many
 * times the document.
 */
const LONGEST_KEPT = 2_048;

/** Stands for `undefined` where that was worked out. */
export const NOTHING: unique symbol = Symbol('nothing');

/** What is kept with a text counts as so many characters. */
const OF_EACH = 64;

/**
 * A copy that stands alone. A string that was cut out of a document keeps the whole document in memory, and a memo that
 * lives for days would so keep every version that was ever typed.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * Remembers only the last answer of a pure function. The rules are shown one thing after the other, and several ask
 * the same about it; what is gone need not be kept, and `forgetLast` sees to it that nothing outlives its document.
 */
export function rememberLast<Subject extends object | string, T>(
  make: (subject: Subject) => T,
): (subject: Subject) => T {
  let last: Subject | undefined;
  let answer: T | undefined;
  forgetters.push(() => {
    last = undefined;
    answer = undefined;
  });
  return (subject) => {
    if (last !== subject) {
      answer = make(subject);
      last = subject;
    }
    return answer as T;
  };
}

/** One for each function; they are made by the modules that are loaded. */
const forgetters: (() => void)[] = [];

/**
 * Has every last answer forgotten. An answer keeps the tree of its document in memory, and a large one that is still
 * there while the next is read is moved to where only the dearest garbage collections find it.
 */
export function forgetLast(): void {
  for (const forget of forgetters) {
    forget();
  }
}
