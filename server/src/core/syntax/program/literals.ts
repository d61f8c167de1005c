import type { LiteralStyle, StringValue } from './values';

/**
 * What the letters of string literals stand for, and where: ECMA-262, chapter 12.9.4 (string literals) and 12.9.6
 * (template literals); Python Language Reference, chapter 2.5 (literals). Nothing here throws: a faulty escape stands for
 * itself.
 */

/** A value with the offset at which each of its code units begins. */
export interface Decoded {
  readonly value: string;
  readonly offsets: readonly number[];
}

/** The value of a stretch of a literal, between two offsets of the document. */
export function decode(text: string, from: number, to: number, style: LiteralStyle): Decoded {
  const { value, offsets } = decoded(text, from, to, style);
  return { value: style.ampersands ? value.replaceAll('&{', '${') : value, offsets };
}

function decoded(text: string, from: number, to: number, style: LiteralStyle): Decoded {
  const { raw, doubledBraces, language } = style;
  const written = text.slice(from, to);
  if (!(doubledBraces ? /[\\\r{}]/ : /[\\\r]/).test(written)) {
    return { value: written, offsets: runOf(from, to) };
  }
  let value = '';
  const offsets: number[] = [];
  for (let at = from; at < to; ) {
    const { stands, next } = stepAt(text, at, to, { raw, doubledBraces, language });
    value += stands;
    for (let unit = 0; unit < stands.length; unit += 1) {
      offsets.push(at);
    }
    at = next;
  }
  return { value, offsets };
}

/** All of a text, with what stands for the expressions in it. */
export function plainText(text: string, { pieces }: StringValue): string {
  return pieces
    .map((piece) =>
      piece.style === undefined ? piece.text : decode(text, piece.start, piece.end, piece.style).value,
    )
    .join('');
}

function runOf(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

interface Step {
  readonly stands: string;
  readonly next: number;
}

function stepAt(
  text: string,
  at: number,
  to: number,
  { raw, doubledBraces, language }: Pick<LiteralStyle, 'raw' | 'doubledBraces' | 'language'>,
): Step {
  const character = text.charAt(at);
  const following = at + 1 < to ? text.charAt(at + 1) : '';
  // Line breaks in literals over several lines are read as one line feed, in both languages.
  if (character === '\r') {
    return { stands: '\n', next: following === '\n' ? at + 2 : at + 1 };
  }
  if (doubledBraces && (character === '{' || character === '}') && following === character) {
    return { stands: character, next: at + 2 };
  }
  if (raw || character !== '\\' || following === '') {
    return { stands: character, next: at + 1 };
  }
  if (LINE_BREAK[language].test(following)) {
    return { stands: '', next: at + (text.startsWith('\r\n', at + 1) ? 3 : 2) };
  }
  const numeric = numericEscape(text.slice(at + 1, Math.min(to, at + 11)), language);
  if (numeric !== undefined) {
    return { stands: numeric.stands, next: at + 1 + numeric.length };
  }
  const simple = SIMPLE.get(following);
  if (simple !== undefined) {
    return { stands: simple, next: at + 2 };
  }
  if (language === 'javascript') {
    return { stands: following, next: at + 2 };
  }
  if (following === 'a') {
    return { stands: '\u0007', next: at + 2 };
  }
  const named =
    following === 'N' ? /^\\N\{[^}\n]{1,100}\}/.exec(text.slice(at, Math.min(to, at + 110))) : null;
  if (named !== null) {
    return { stands: '\ufffd', next: at + named[0].length };
  }
  // Python leaves a backslash that escapes nothing.
  return { stands: '\\', next: at + 1 };
}

/** What ends a line, and is left out of a text behind a backslash. */
const LINE_BREAK: Readonly<Record<LiteralStyle['language'], RegExp>> = {
  javascript: /[\r\n\u2028\u2029]/,
  python: /[\r\n]/,
};

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** @param written what follows the backslash, as far as an escape can go */
function numericEscape(
  written: string,
  language: LiteralStyle['language'],
): { readonly stands: string; readonly length: number } | undefined {
  for (const [own, pattern, radix] of NUMERIC) {
    const match = own === undefined || own === language ? pattern.exec(written) : null;
    if (match !== null) {
      const code = Number.parseInt(match[1] ?? '', radix);
      return code > 0x10_ff_ff ? undefined : { stands: String.fromCodePoint(code), length: match[0].length };
    }
  }
  return undefined;
}

/** The escapes that say a number: of which language alone, how they are written, and in which base. */
const NUMERIC: readonly (readonly [LiteralStyle['language'] | undefined, RegExp, 8 | 16])[] = [
  [undefined, /^x([\dA-Fa-f]{2})/, 16],
  [undefined, /^u([\dA-Fa-f]{4})/, 16],
  ['javascript', /^u\{([\dA-Fa-f]{1,6})\}/, 16],
  ['python', /^U([\dA-Fa-f]{8})/, 16],
  // No more than 255 in JavaScript (ECMA-262, chapter B.1.2), where Python takes any three digits.
  ['javascript', /^([0-3][0-7]{0,2}|[4-7][0-7]?)/, 8],
  ['python', /^([0-7]{1,3})/, 8],
];

/** Whether a quote may be one of three in a row, which end a literal: in JSON two that are of different texts never touch. */
function mayEnd(text: string, at: number): boolean {
  return at === text.length - 1 || text.charAt(at - 1) === text.charAt(at);
}

/** Writes text as it must stand between the quotes of a literal, so that it reads as `text`. */
export function encodeLiteral(plain: string, style: LiteralStyle): string {
  const { language, quote, doubledBraces } = style;
  const text = style.ampersands ? plain.replaceAll('${', '&{') : plain;
  const isBlock = quote === '`' || quote.length === 3;
  const escaped = text.replaceAll(/[\\\n\r\u2028\u2029]|[`'"]/g, (character, at: number) => {
    switch (character) {
      case '\\':
        return '\\\\';
      case '\n':
        return isBlock ? '\n' : '\\n';
      case '\r':
        return '\\r';
      case '\u2028':
        return '\\u2028';
      case '\u2029':
        return '\\u2029';
      default:
        return quote.startsWith(character) && (quote.length === 1 || mayEnd(text, at))
          ? `\\${character}`
          : character;
    }
  });
  const held = language === 'javascript' && quote === '`' ? escaped.replaceAll('${', '\\${') : escaped;
  return doubledBraces ? held.replaceAll(/[{}]/g, (brace) => brace + brace) : held;
}
