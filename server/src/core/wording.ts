/** Lists and numbers, as sentences have them. */

/** `a`, `a and b`, `a, b and c`; beyond `most` items how many more there are: `a, b and 3 more`. */
export function listed(
  items: readonly string[],
  word: 'and' | 'or' | 'nor' = 'and',
  most = items.length,
): string {
  const shown =
    items.length > most ? [...items.slice(0, most), `${grouped(items.length - most)} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** At most `most` items, as they stand behind a colon, then how many more there are. */
export function shortened(items: readonly string[], most: number): string {
  return shortenedBy(items, most, (item) => item);
}

/** The same of what is written only where it is shown. */
export function shortenedBy<Item>(
  items: readonly Item[],
  most: number,
  write: (item: Item) => string,
): string {
  const shown = items.slice(0, most).map(write).join(', ');
  return items.length > most ? `${shown} and ${grouped(items.length - most)} more` : shown;
}

/** A number with its noun, in the plural where it is not one. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** A whole number with a comma before each three digits; what the engine has for that takes long when it is first asked. */
export function grouped(count: number): string {
  let text = `${count}`;
  for (let at = text.length - 3; at > 0; at -= 3) {
    text = `${text.slice(0, at)},${text.slice(at)}`;
  }
  return text;
}
