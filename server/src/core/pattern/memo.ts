/**
 * Remembers what a pure function of a text gave. Policies repeat themselves: the same actions, services and fields of
 * ARNs stand in them by the thousand. When `limit` texts are known all are forgotten, so that memory stays bounded.
 */
export function memoize<T>(make: (text: string) => T, limit = 16_384): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST_KEPT) {
      return make(text);
    }
    const known = made.get(text);
    if (known !== undefined || made.has(text)) {
      return known as T;
    }
    if (made.size >= limit) {
      made.clear();
    }
    const own = detached(text);
    const value = make(own);
    made.set(own, value);
    return value;
  };
}

/**
 * Names and ARNs are shorter. What is longer may be typed letter by letter, and each of its versions would be kept: many
 * times the document.
 */
const LONGEST_KEPT = 2_048;

/**
 * A copy that stands alone. A string that was cut out of a document keeps the whole document in memory, and a memo that
 * lives for days would so keep every version that was ever typed.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * Remembers only the last answer of a pure function. The rules are shown one thing after the other, and several ask
 * the same about it; what is gone need not be kept, and `forgetLast` sees to it that nothing outlives its document.
 */
export function rememberLast<Subject extends object | string, T>(
  make: (subject: Subject) => T,
): (subject: Subject) => T {
  let last: { readonly subject: Subject; readonly value: T } | undefined;
  forgetters.push(() => {
    last = undefined;
  });
  return (subject) => {
    if (last?.subject !== subject) {
      last = { subject, value: make(subject) };
    }
    return last.value;
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
