/** Whether a value consists of stars only, so that it matches everything. */
export function isOnlyWildcard(text: string): boolean {
  return /^\*+$/.test(text);
}
