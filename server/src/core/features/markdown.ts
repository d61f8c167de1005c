/** A text as inline code, whatever it holds; control characters become blanks so that nothing leaves its line. */
export function code(text: string): string {
  const line = text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ');
  if (!line.includes('`')) {
    return `\`${line}\``;
  }
  const longest = Math.max(...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], word = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** At most `most` items, then how many more there are. */
export function shortened(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
