/**
 * How far the parts of HCL go that have letters of their own: blanks and comments, words, numbers, templates. All look at
 * the text from an index on and give the index behind.
 */

export const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
export const QUOTE = 0x22;
const HASH = 0x23;
const DOLLAR = 0x24;
const PERCENT = 0x25;
const STAR = 0x2a;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const EQUALS = 0x3d;

/** What is known of the comments of a text. */
export interface Comments {
  /** An index from which on no comment of several lines ends. */
  openFrom: number;
}

/** Behind blanks and comments, and behind line breaks where they mean nothing. A comment that ends a line leaves its break. */
export function behindBlanks(text: string, from: number, overLines: boolean, comments: Comments): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB || code === CARRIAGE_RETURN || code === 0xfeff) {
      at += 1;
    } else if (code === LINE_FEED) {
      if (!overLines) {
        return at;
      }
      at += 1;
    } else if (code === HASH || (code === SLASH && text.charCodeAt(at + 1) === SLASH)) {
      at = lineEnd(text, at);
    } else if (code === SLASH && text.charCodeAt(at + 1) === STAR) {
      const end = at < comments.openFrom ? text.indexOf('*/', at + 2) : -1;
      if (end === -1) {
        // One that does not end has yet to be typed, and takes its line alone.
        comments.openFrom = Math.min(comments.openFrom, at);
        at = lineEnd(text, at);
      } else {
        at = end + 2;
      }
    } else {
      return at;
    }
  }
}

/** The line break that ends a line, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** How far the line that an index is on is moved in; a tab counts as one. */
export function indentationAt(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  let end = start;
  for (let code = text.charCodeAt(end); code === SPACE || code === TAB; code = text.charCodeAt(end)) {
    end += 1;
  }
  return end - start;
}

/** Whether nothing but blanks stands between a line break and an index. */
export function isFirstOnLine(text: string, at: number): boolean {
  let before = at - 1;
  for (let code = text.charCodeAt(before); code === SPACE || code === TAB; code = text.charCodeAt(before)) {
    before -= 1;
  }
  return text.charCodeAt(before) === LINE_FEED;
}

/** Identifiers are letters, digits, `_` and `-`; letters of other scripts count (Unicode, "UAX #31"). */
export function isWordStart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code > 0x7f && code !== 0xfeff && code !== 0xa0)
  );
}

/** Whether a character is a digit from 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The index after a name that begins at `from`. */
export function behindWord(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); isWordStart(code) || isDigit(code) || code === 0x2d; ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

/** Digits, a fraction and an exponent. */
export function behindNumber(text: string, from: number): number {
  let at = behindDigits(text, from);
  if (text.charCodeAt(at) === 0x2e && isDigit(text.charCodeAt(at + 1))) {
    at = behindDigits(text, at + 1);
  }
  const exponent = /^[eE][+-]?\d+/.exec(text.slice(at, at + 8))?.[0].length ?? 0;
  return at + exponent;
}

function behindDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

/** How far a quoted template goes; without its closing quote it ends with its line. */
export interface QuotedExtent {
  /** Behind the closing quote, or behind what there is. */
  readonly end: number;
  readonly closed: boolean;
}

/** How deep templates stand in templates in any honest text. */
const MAX_NESTING = 32;

/** @param from the opening quote */
export function quotedExtent(text: string, from: number, nesting = 0): QuotedExtent {
  for (let at = from + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      return { end: at + 1, closed: true };
    }
    if (code === LINE_FEED) {
      break;
    }
    if (code === BACKSLASH) {
      at += text.charCodeAt(at + 1) === LINE_FEED ? 1 : 2;
    } else if ((code === DOLLAR || code === PERCENT) && text.charCodeAt(at + 1) === OPEN_BRACE) {
      const end = sequenceEnd(text, at, text.length, nesting);
      if (end === undefined) {
        break;
      }
      at = end;
    } else if (isEscapedMark(text, at)) {
      at += 3;
    } else {
      at += 1;
    }
  }
  return { end: openEnd(text, from), closed: false };
}

/** `$${` and `%%{` write `${` and `%{`. */
export function isEscapedMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code === DOLLAR || code === PERCENT) &&
    text.charCodeAt(at + 1) === code &&
    text.charCodeAt(at + 2) === OPEN_BRACE
  );
}

/**
 * Behind the brace that ends `${…}` or `%{…}`; `undefined` where none does. An `=` that stands in no braces of its own is
 * no part of an expression: it is the next attribute, and the brace has yet to be typed.
 *
 * @param from the `$` or `%`
 * @param limit how far it is looked for
 */
export function sequenceEnd(
  text: string,
  from: number,
  limit = text.length,
  nesting = 0,
): number | undefined {
  if (nesting > MAX_NESTING) {
    return undefined;
  }
  let depth = 1;
  for (let at = from + 2; at < limit; ) {
    const code = text.charCodeAt(at);
    switch (code) {
      case OPEN_BRACE:
        depth += 1;
        at += 1;
        break;
      case CLOSE_BRACE:
        depth -= 1;
        at += 1;
        if (depth === 0) {
          return at;
        }
        break;
      case QUOTE: {
        const inner = quotedExtent(text, at, nesting + 1);
        if (!inner.closed) {
          return undefined;
        }
        at = inner.end;
        break;
      }
      case EQUALS: {
        const next = text.charCodeAt(at + 1);
        const isOperator = next === EQUALS || next === 0x3e || /[=!<>]/.test(text.charAt(at - 1));
        if (depth === 1 && !isOperator) {
          return undefined;
        }
        at += 1;
        break;
      }
      case HASH:
        at = lineEnd(text, at);
        break;
      default:
        at += 1;
    }
  }
  return undefined;
}

/** The end of a line that a quote has opened and none has closed: brackets at its end close what is around the string. */
function openEnd(text: string, from: number): number {
  let line = lineEnd(text, from);
  if (text.charCodeAt(line - 1) === CARRIAGE_RETURN) {
    line -= 1;
  }
  const content = text.slice(from, line);
  const closers = content.includes('${') || content.includes('%{') ? ' \t,])' : ' \t,])}';
  while (closers.includes(text.charAt(line - 1))) {
    line -= 1;
  }
  return line;
}
