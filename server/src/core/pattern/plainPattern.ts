/*
 * The algebra of patterns that hold neither `?` nor expressions, on their texts. It compiles nothing and leaves the
 * letters to the methods of strings: a question to a long policy compares its pattern with thousands, each of them
 * once.
 */

/** Whether a text, in which no expression is, is such a pattern. */
export function isPlainPattern(text: string): boolean {
  return !text.includes('?');
}

/**
 * Whether every text that `narrow` matches is matched by `wide` as well.
 *
 * @param wide a plain pattern; each part between its stars is laid where it first fits, so that what follows has the most
 * room
 * @param narrow any pattern: its wildcards are like letters that nothing but a `*` takes in
 */
export function coversPlain(wide: string, narrow: string): boolean {
  let star = wide.indexOf('*');
  if (star < 0) {
    return wide === narrow;
  }
  const last = wide.lastIndexOf('*');
  const end = narrow.length - (wide.length - last - 1);
  if (end < star || !narrow.startsWith(wide.slice(0, star)) || !narrow.endsWith(wide.slice(last + 1))) {
    return false;
  }
  let at = star;
  while (star < last) {
    const next = wide.indexOf('*', star + 1);
    const part = wide.slice(star + 1, next);
    const found = narrow.indexOf(part, at);
    if (found < 0 || found + part.length > end) {
      return false;
    }
    at = found + part.length;
    star = next;
  }
  return true;
}

/** Whether a text is matched by both of two plain patterns. */
export function intersectsPlain(a: string, b: string): boolean {
  const left = a.indexOf('*');
  const right = b.indexOf('*');
  if (left < 0) {
    return coversPlain(b, a);
  }
  if (right < 0) {
    return coversPlain(a, b);
  }
  // What stands before the first run of one and behind its last meets what the other has there; the runs of each take in
  // all that the other has in between.
  const start = Math.min(left, right);
  const end = Math.min(a.length - a.lastIndexOf('*'), b.length - b.lastIndexOf('*')) - 1;
  return a.slice(0, start) === b.slice(0, start) && a.slice(a.length - end) === b.slice(b.length - end);
}
