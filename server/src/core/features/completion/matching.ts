/** How well a text fits what is typed, the better the smaller; `undefined` where it does not. */
export type Fit = 0 | 1 | 2;

/**
 * Holds a text to what is typed: 0 where it begins so, 1 where a word in it does, 2 where the letters are there in
 * that order. Case does not count.
 */
export function fitOf(typed: string, text: string): Fit | undefined {
  const letters = typed.toLowerCase();
  const lower = text.toLowerCase();
  if (lower.startsWith(letters)) {
    return 0;
  }
  for (let at = lower.indexOf(letters, 1); at >= 0; at = lower.indexOf(letters, at + 1)) {
    if (isWordStart(text, at)) {
      return 1;
    }
  }
  return occurs(letters, lower) ? 2 : undefined;
}

/** Whether the letters are in the text in that order; case does not count. */
export function occurs(letters: string, text: string): boolean {
  const lower = text.toLowerCase();
  let from = 0;
  for (const letter of letters.toLowerCase()) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) {
      return false;
    }
  }
  return true;
}

/** Where a word begins: behind a sign, at a capital behind a small letter, and at the last of several capitals. */
export function isWordStart(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const letter = text.charAt(at);
  return (
    at === 0 ||
    !/[A-Za-z0-9]/.test(before) ||
    (/[A-Z]/.test(letter) && (/[a-z0-9]/.test(before) || /[a-z]/.test(text.charAt(at + 1))))
  );
}
