import { markdown } from '../core/index';

/*
 * The engine's pages quote what servers answered and what was asked for, in the same words that hovers do.
 */

export const { code, fence } = markdown;

/** Plain text that is not read as Markdown. */
export const text = markdown.escaped;

/** A list, its items Markdown already. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Cells are Markdown already; their bars are escaped. Without a head the table has an empty one. */
export function table(
  rows: readonly (readonly string[])[],
  head: readonly string[] = (rows[0] ?? []).map(() => ''),
): string {
  return [head, head.map(() => '---'), ...rows].map(markdown.tableRow).join('\n');
}
