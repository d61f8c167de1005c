/** Whether `*` or `?` stands in a text; variables are not looked for, since actions cannot have any. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
