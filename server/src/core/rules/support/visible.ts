/**
 * A slice as an editor can show it: an empty field by the separators around it, since nobody sees a squiggle of no
 * width.
 */
export function visible(
  { from, to }: { readonly from: number; readonly to: number },
  text: string,
): { readonly from: number; readonly to: number } {
  return from < to ? { from, to } : { from: Math.max(from - 1, 0), to: Math.min(to + 1, text.length) };
}
