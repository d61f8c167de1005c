/** A list, its items Markdown already. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Cells are Markdown already; their bars are escaped. Without a head the table has an empty one. */
export function table(
  rows: readonly (readonly string[])[],
  head: readonly string[] = (rows[0] ?? []).map(() => ''),
): string {
  const line = (cells: readonly string[]) =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell.replaceAll('|', '\\|')} `)).join('|')}|`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What a server sent must not end the block it is shown in, nor be read as Markdown. */
export function fence(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${content.replaceAll('\r', '')}\n${marks}`;
}

/** A value as code, whatever backticks it has. */
export function code(value: string): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return longest === 0 ? `${marks}${value}${marks}` : `${marks} ${value} ${marks}`;
}

/** Plain text that is not read as Markdown. */
export function text(value: string): string {
  return value.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
