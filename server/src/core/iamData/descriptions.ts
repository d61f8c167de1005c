/**
 * A description as AWS wrote it, of the abbreviated one in the compiled prose, whose signs `server/scripts/abbreviate.mjs`
 * explains.
 * @param name of the action or condition key that is described
 * @param parts what the signs below U+00D0 stand for
 */
export function fullDescription(text: string, name: string, parts: readonly string[]): string {
  if (text.startsWith(AS_IT_IS)) {
    return text.slice(1);
  }
  let words: readonly string[] | undefined;
  return text.replaceAll(/[\u00a1-\u00ff]/g, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < FIRST_WORD) {
      return parts[code - FIRST_PART] ?? '';
    }
    words ??= name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
    const word = (words[code % WORDS] ?? '').toLowerCase();
    const form = code - (code % WORDS);
    return form === FIRST_WORD ? word : form === WITH_S ? `${word}s` : word.slice(0, -1);
  });
}

const AS_IT_IS = '\u00a0';
const FIRST_PART = 0xa1;
const FIRST_WORD = 0xd0;
const WITH_S = 0xe0;
const WORDS = 16;
