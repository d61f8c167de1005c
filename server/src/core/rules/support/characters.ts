import { quote } from './quote';

/** What cannot be seen, or not be told from something else, by its name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  [' ', 'a space'],
  ['\t', 'a tab'],
  ['\n', 'a line break'],
  ['\r\n', 'a line break'],
  [',', 'a comma'],
  ['\u00a0', 'a no-break space'],
  ['\u00ad', 'a soft hyphen'],
  ['\u2009', 'a thin space'],
  ['\u200b', 'a zero-width space'],
  ['\u200c', 'a zero-width non-joiner'],
  ['\u200d', 'a zero-width joiner'],
  ['\u2010', 'a hyphen that is not "-"'],
  ['\u2011', 'a non-breaking hyphen'],
  ['\u2012', 'a figure dash'],
  ['\u2013', 'an en dash'],
  ['\u2014', 'an em dash'],
  ['\u2018', 'a typographic quotation mark'],
  ['\u2019', 'a typographic quotation mark'],
  ['\u201c', 'a typographic quotation mark'],
  ['\u201d', 'a typographic quotation mark'],
  ['\u202f', 'a narrow no-break space'],
  ['\u2028', 'a line separator'],
  ['\u2029', 'a paragraph separator'],
  ['\u2060', 'a word joiner'],
  ['\ufeff', 'a zero-width no-break space'],
]);

/** A run of characters for a message; what is beyond ASCII with its code point, since it may look like another. */
export function charactersName(run: string): string {
  // Plain spaces among others are not what there is to say.
  const strange = /^\s+$/.test(run) ? run.replaceAll(/[ \t\r\n]/g, '') : '';
  const told = strange === '' ? run : strange;
  const [first = ''] = told;
  const name = NAMES.get(told) ?? (/^\s+$/.test(told) ? spacesName(told, first) : quote(told));
  const code = first.codePointAt(0) ?? 0;
  return code > 0x7f ? `${name} (U+${code.toString(16).toUpperCase().padStart(4, '0')})` : name;
}

/** What blanks at the end of a text are called: a line break, as blocks of YAML and heredocs end with, or a space. */
export function blankName(blanks: string): 'line break' | 'space' {
  return /^[\r\n]+$/.test(blanks) ? 'line break' : 'space';
}

/** Several of one kind by their own name, since `spaces` would also be what they only look like. */
function spacesName(run: string, first: string): string {
  const one = NAMES.get(first)?.replace(/^an? /, '');
  return one === undefined || run.replaceAll(first, '') !== '' ? 'spaces' : `${one}s`;
}

/**
 * What was meant by characters that word processors write: plain hyphens and quotation marks, and nothing for the
 * unseen.
 */
export function plainCharacters(text: string): string {
  return text
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g, '')
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ');
}
