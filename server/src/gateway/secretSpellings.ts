/** Finds a secret in a text whatever encodings each of its characters went through. */
export interface SecretFinder {
  /**
   * The end of a secret that begins at this offset, undefined where none does. A text that ends within a secret counts
   * with `isCut`, if so much of it stands there that it gives something away.
   */
  endAt(text: string, offset: number, isCut: boolean): number | undefined;
}

/** Fewer characters of a secret than these give nothing away. */
const SHORTEST_PIECE = 4;

/** For each character of a secret how it may be written; one longer alternative comes before its beginnings. */
type Spellings = readonly (readonly string[])[];

/** Escapes as servers write them: query strings, JSON (also within JSON), HTML; base64 at any place within other bytes. */
export function createSecretFinder(secrets: readonly string[]): SecretFinder {
  const all = secrets.flatMap((secret) => [secret, ...base64Forms(secret)]).map(spellingsOf);
  const byFirst = new Map<string, Spellings[]>();
  for (const spellings of all) {
    for (const first of new Set(spellings[0]?.map((spelling) => spelling.charAt(0)))) {
      const list = byFirst.get(first);
      if (list === undefined) byFirst.set(first, [spellings]);
      else list.push(spellings);
    }
  }
  return {
    endAt: (text, offset, isCut) => {
      const ends = (byFirst.get(text.charAt(offset).toLowerCase()) ?? []).flatMap(
        (spellings) => matchEnd(text, offset, spellings, isCut) ?? [],
      );
      return ends.length === 0 ? undefined : Math.max(...ends);
    },
  };
}

function matchEnd(text: string, offset: number, spellings: Spellings, isCut: boolean): number | undefined {
  let at = offset;
  for (const [index, alternatives] of spellings.entries()) {
    const found = alternatives.find((each) => text.slice(at, at + each.length).toLowerCase() === each);
    if (found !== undefined) {
      at += found.length;
      continue;
    }
    const rest = text.slice(at, at + LONGEST_SPELLING).toLowerCase();
    const isAtCut = isCut && index >= SHORTEST_PIECE && at + rest.length === text.length;
    return isAtCut && (rest === '' || alternatives.some((each) => each.startsWith(rest)))
      ? text.length
      : undefined;
  }
  return at;
}

/** Characters of a secret are compared without regard to case, since hexadecimal digits come in both. */
function spellingsOf(secret: string): Spellings {
  return [...secret].map((character) => {
    const bytes = [...new TextEncoder().encode(character)].map((byte) => hex(byte, 2));
    const units = character.split('').map((unit) => hex(unit.charCodeAt(0), 4));
    const point = character.codePointAt(0) ?? 0;
    const written = [
      character,
      ...['%', '%25', '%2525'].map((sign) => bytes.map((byte) => sign + byte).join('')),
      ...['\\', '\\\\', '\\\\\\\\'].map((slashes) => units.map((unit) => `${slashes}u${unit}`).join('')),
      ...['', '0', '00', '000'].flatMap((zeros) => [
        `&#${zeros}${point};`,
        `&#x${zeros}${point.toString(16)};`,
      ]),
      ...(NAMED.get(character) ?? []),
    ];
    return [...new Set(written.map((each) => each.toLowerCase()))].sort((a, b) => b.length - a.length);
  });
}

/** What a query string, JSON, JSON in JSON and HTML make of characters that mean something in them. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  [' ', ['+', '&nbsp;']],
  ['"', ['\\"', '\\\\\\"', '&quot;', '&amp;quot;']],
  ['\\', ['\\\\', '\\\\\\\\']],
  ['/', ['\\/', '\\\\/', '\\\\\\/', '&sol;']],
  ["'", ['&apos;', "\\'"]],
  ['&', ['&amp;', '&amp;amp;']],
  ['<', ['&lt;', '&amp;lt;']],
  ['>', ['&gt;', '&amp;gt;']],
  ['=', ['&equals;']],
  ['+', ['&plus;']],
]);

/** Characters: four bytes of UTF-8, each as `%2525` and two digits. */
const LONGEST_SPELLING = 28;

/**
 * What stands for the secret in base64 of a text that has it at any place, without the characters at both ends that
 * depend on its neighbours; in both alphabets.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const forms = [0, 1, 2].map((before) => {
    const encoded = btoa(String.fromCharCode(...new Array<number>(before).fill(0), ...bytes));
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
