/**
 * Abbreviates the descriptions of the service reference, which would otherwise be the largest part of a package: most of
 * what AWS writes of an action repeats its name. `core/iamData/descriptions.ts` is the other direction.
 *
 * A character of Latin-1 beyond ASCII stands for words:
 *
 *   U+00A1 to U+00CF  a part that many have (`PARTS`)
 *   U+00D0 to U+00DF  the word of this number of the name that is described, in small letters
 *   U+00E0 to U+00EF  the same with an "s" behind it
 *   U+00F0 to U+00FF  the same without its last "s"
 *   U+00A0            at the beginning: the rest is as it was
 */

/** By what they save. Data with other words only gets longer by a list that does not fit it. */
export const PARTS = [
  'Grants permission to ',
  'Filters access by ',
  'the ',
  'specified ',
  'retrieve ',
  'Amazon ',
  ' for ',
  'information ',
  ' an ',
  ' associated ',
  'account',
  ' that ',
  'AWS ',
  'about ',
  'existing ',
  'of ',
  ' in ',
  'request',
  'with ',
  'to ',
  'your ',
  'return ',
  'Connect ',
  ' specific ',
  'instance',
  ' and ',
  ' from ',
  'configuration ',
  'or ',
  'permission ',
  ' all ',
  'details ',
  ' new ',
  'access ',
  'remove ',
  'value ',
  'are ',
  'view ',
  ' configuration',
  'an ',
  'presence ',
  'passed',
  'based ',
  'more ',
];

const FIRST_PART = 0xa1;
const NAME = 0xd0;
const NAME_WITH_S = 0xe0;
const NAME_LESS_S = 0xf0;
const MOST_WORDS = 16;
const AS_IT_IS = '\u00a0';

/**
 * @param {string} text what is said of an action or a condition key
 * @param {string} name its name
 */
export function abbreviate(text, name) {
  if (/[\u00a0-\u00ff]/.test(text)) return AS_IT_IS + text;
  const words = (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [])
    .slice(0, MOST_WORDS)
    .map((word) => word.toLowerCase());
  const named = text.replaceAll(/[A-Za-z]+/g, (word) => {
    const forms = [
      [NAME, (each) => each === word],
      [NAME_WITH_S, (each) => `${each}s` === word],
      [NAME_LESS_S, (each) => each === `${word}s`],
    ];
    for (const [first, isForm] of forms) {
      const index = words.findIndex(isForm);
      if (index >= 0) return String.fromCharCode(first + index);
    }
    return word;
  });
  return PARTS.reduce(
    (rest, part, index) => rest.replaceAll(part, String.fromCharCode(FIRST_PART + index)),
    named,
  );
}
