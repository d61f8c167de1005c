/** Whether a value is made of stars alone, so that it matches whatever there is. */
export function isOnlyWildcard(text: string): boolean {
  return /^\*+$/.test(text);
}
