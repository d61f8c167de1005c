/**
 * Milliseconds since 1970 of a date in the one format that servers write (RFC 9110, section 5.6.7), `undefined` for
 * anything else. A looser reading makes a year of `-5`, and of other garbage a time that no signature can have.
 */
export function readHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) {
    return undefined;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
