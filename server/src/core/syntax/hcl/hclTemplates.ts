import type { SourceText } from '../nodes';
import type { HclTemplate } from './hclSyntax';
import { isEscapedMark, lineEnd, OPEN_BRACE, sequenceEnd } from './hclText';

/**
 * What a template of HCL says: its text with each `${…}` as a hole (HCL native syntax specification, "Templates"). What an
 * expression puts in is some text, of which nothing is known; so are the parts between `%{if}` or `%{for}` and their ends.
 */

/** Which of the escapes mean something. */
export interface Dialect {
  /** `&{…}` writes `${…}` (AWS provider, data source `aws_iam_policy_document`, "Context Variable Replacement"). */
  readonly hasAmpersands: boolean;
}

export interface TemplateValue {
  readonly value: string;
  /** For each code unit of the value, and for its end, the index into the text where it begins. */
  readonly offsets: Int32Array;
  /** How far the lines of an indented heredoc are moved in, as blanks. */
  readonly indentation: string;
  /** Whether expressions write more than the texts of strings, so that the text is no JSON yet. */
  readonly isPartial: boolean;
  /** Whether directives decide which of its parts are there. */
  readonly hasDirectives: boolean;
}

/** Whether a template is certainly its text, letter for letter. */
export function isPlain(text: string, { from, to, style }: HclTemplate): boolean {
  return style !== 'indented-heredoc' && !/[\\$%&]/.test(text.slice(from, to));
}

/** How the holes of a text are written that have been read, by what they read as. */
const WRITTEN_HOLES = new WeakMap<object, Map<string, string>>();

/** @param source what the holes are of */
export function holesOf(source: object): Map<string, string> {
  const known = WRITTEN_HOLES.get(source);
  if (known !== undefined) {
    return known;
  }
  const holes = new Map<string, string>();
  WRITTEN_HOLES.set(source, holes);
  return holes;
}

/** The source of a text of HCL, which tells what its holes are written as. */
export function withHoles(source: SourceText): SourceText {
  const own: SourceText = {
    ...source,
    expressionOf: (variable) => {
      const text = holesOf(own).get(variable);
      return text === undefined ? undefined : { text, language: 'terraform' };
    },
  };
  return own;
}

/**
 * Reads a template. Never throws; what does not end goes on to the end of the template.
 *
 * @param replaced letters that read as holes wherever they stand
 */
export function templateValue(
  text: string,
  template: HclTemplate,
  dialect: Dialect,
  holes: Map<string, string>,
  replaced: readonly string[] = [],
): TemplateValue {
  return new Reader(text, template, dialect, { holes, replaced }).read();
}

class Reader {
  readonly #text: string;
  readonly #template: HclTemplate;
  readonly #dialect: Dialect;
  readonly #parts: string[] = [];
  readonly #offsets: number[] = [];
  readonly #holes: Map<string, string>;
  readonly #replaced: readonly string[];
  #isPartial = false;
  #hasDirectives = false;
  /** Whether what was written so far leaves a string of JSON open. */
  #isInJsonString = false;
  /** Whether a backslash in front makes the next character part of that string. */
  #isEscaped = false;

  constructor(
    text: string,
    template: HclTemplate,
    dialect: Dialect,
    { holes, replaced }: { readonly holes: Map<string, string>; readonly replaced: readonly string[] },
  ) {
    this.#holes = holes;
    this.#replaced = replaced;
    this.#text = text;
    this.#template = template;
    this.#dialect = dialect;
  }

  read(): TemplateValue {
    const { from, to, style } = this.#template;
    const indentation = style === 'indented-heredoc' ? commonIndentation(this.#text, from, to) : '';
    let isLineStart = true;
    for (let at = from; at < to; ) {
      if (isLineStart && indentation !== '') {
        isLineStart = false;
        // Blanks of either kind count alike (`flushHeredocTemplateParts` of HCL).
        if (/^[ \t]*$/.test(this.#text.slice(at, at + indentation.length))) {
          at += indentation.length;
          continue;
        }
      }
      const code = this.#text.charCodeAt(at);
      isLineStart = code === 0x0a;
      at = this.#readAt(at, code, to);
    }
    this.#offsets.push(to);
    return {
      value: this.#parts.join(''),
      offsets: Int32Array.from(this.#offsets),
      indentation,
      isPartial: this.#isPartial,
      hasDirectives: this.#hasDirectives,
    };
  }

  /** Takes what stands at an index; gives the index behind. */
  #readAt(at: number, code: number, to: number): number {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    const replaced = this.#replaced.find((each) => text.startsWith(each, at) && at + each.length <= to);
    if (replaced !== undefined) {
      this.#hole(at, at + replaced.length);
      return at + replaced.length;
    }
    switch (code) {
      case 0x5c:
        if (this.#template.style === 'quoted' && at + 1 < to) {
          const [decoded, length] = escapeAt(text, at);
          this.#write(decoded, at);
          return Math.min(to, at + length);
        }
        break;
      case 0x24:
      case 0x25:
        if (isEscapedMark(text, at)) {
          this.#write(text.slice(at, at + 1), at);
          this.#write('{', at + 2);
          return at + 3;
        }
        if (next === OPEN_BRACE) {
          if (code === 0x25 && !this.#isInJsonString && this.#template.style !== 'quoted') {
            return this.#directive(at, to);
          }
          const end = Math.min(
            to,
            (code === 0x24 ? sequenceEnd(text, at) : directiveEnd(text, at, to)) ?? to,
          );
          this.#hole(at, end);
          return end;
        }
        break;
      case 0x26:
        if (this.#dialect.hasAmpersands && next === OPEN_BRACE) {
          this.#write('$', at);
          return at + 1;
        }
        break;
    }
    this.#write(text.charAt(at), at);
    return at + 1;
  }

  /**
   * Between the strings of JSON a directive writes nothing itself: what stands between directives is there or not. So all of
   * it is read.
   */
  #directive(at: number, to: number): number {
    this.#isPartial = true;
    this.#hasDirectives = true;
    const limit = Math.min(to, at + LONGEST_DIRECTIVE);
    return Math.min(to, sequenceEnd(this.#text, at, limit) ?? lineEnd(this.#text, at));
  }

  #hole(from: number, to: number): void {
    const written = this.#text.slice(from, to);
    const name = holeName(written);
    this.#holes.set(name, written);
    const needsQuotes = this.#template.style !== 'quoted' && !this.#isInJsonString && this.#looksLikeJson();
    if (needsQuotes) {
      this.#isPartial = true;
    }
    const shown = needsQuotes ? `"${name}"` : name;
    this.#parts.push(shown);
    // The end of the hole is the end of what is written, and all else lies in between.
    const last = to - 1;
    for (let unit = 0; unit < shown.length - 1; unit += 1) {
      this.#offsets.push(Math.min(from + unit, last));
    }
    this.#offsets.push(last);
    this.#isEscaped = false;
  }

  #looksLikeJson(): boolean {
    const [first] = this.#parts;
    return first !== undefined && /^\s*[[{]/.test(this.#parts.slice(0, 50).join(''));
  }

  #write(unit: string, at: number): void {
    this.#parts.push(unit);
    for (let index = 0; index < unit.length; index += 1) {
      this.#offsets.push(at);
    }
    if (unit === '\n') {
      // No string of JSON goes over lines.
      this.#isInJsonString = false;
    } else if (unit === '"' && !this.#isEscaped) {
      this.#isInJsonString = !this.#isInJsonString;
    }
    this.#isEscaped = unit === '\\' && !this.#isEscaped;
  }
}

/** Behind `%{if …}…%{endif}` or `%{for …}…%{endfor}`, nested ones included; `undefined` where the end is missing. */
function directiveEnd(text: string, from: number, to: number): number | undefined {
  let depth = 0;
  for (let at = from; at !== -1 && at < to; at = text.indexOf('%{', at)) {
    const end = sequenceEnd(text, at);
    if (end === undefined) {
      return undefined;
    }
    const word = /^%\{~?\s*(\w+)/.exec(text.slice(at, at + 60))?.[1];
    depth += word === 'if' || word === 'for' ? 1 : word === 'endif' || word === 'endfor' ? -1 : 0;
    if (depth <= 0) {
      return end;
    }
    at = end;
  }
  return undefined;
}

/**
 * What a hole reads as: a traversal by its names, with indexes as names, and any other expression by its words and a number
 * that tells it from others. There is nothing in it that a variable of IAM could not have, nor what divides an ARN.
 */
function holeName(written: string): string {
  if (/^\$\{[\w.-]+\}$/.test(written)) {
    return written;
  }
  const inner = written
    .replace(/^[$%]\{~?/, '')
    .replace(/~?\}$/, '')
    .trim();
  const path = inner.replaceAll(/\[\s*(?:"([\w-]+)"|([\w.-]+))\s*\]/g, '.$1$2').replaceAll('[*]', '.all');
  if (/^[\w.-]+$/.test(path)) {
    return `\${${path}}`;
  }
  const words = inner.replaceAll(/[^\w.-]+/g, '_').slice(0, LONGEST_NAME);
  return `\${${words}.${hashOf(inner)}}`;
}

const LONGEST_NAME = 40;

/** What is longer looks like one whose end has yet to be typed. */
const LONGEST_DIRECTIVE = 10_000;

/** FNV-1a, to tell two expressions from each other. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

/** The character that an escape means, and how long the escape is. */
function escapeAt(text: string, at: number): readonly [string, number] {
  const letter = text.charAt(at + 1);
  switch (letter) {
    case 'n':
      return ['\n', 2];
    case 'r':
      return ['\r', 2];
    case 't':
      return ['\t', 2];
    case 'u':
    case 'U': {
      const length = letter === 'u' ? 4 : 8;
      const digits = text.slice(at + 2, at + 2 + length);
      const code =
        /^[\da-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
      return code >= 0 && code <= 0x10ffff ? [String.fromCodePoint(code), 2 + length] : [letter, 2];
    }
    default:
      return [letter, 2];
  }
}

/** The blanks that all lines of a heredoc begin with; lines of nothing but blanks do not count. */
function commonIndentation(text: string, from: number, to: number): string {
  let common: string | undefined;
  for (let at = from; at < to; at = lineEnd(text, at) + 1) {
    const end = Math.min(to, lineEnd(text, at));
    const blanks = /^[ \t]*/.exec(text.slice(at, end))?.[0] ?? '';
    if (at + blanks.length < end && text.slice(at + blanks.length, end) !== '\r') {
      common = common === undefined || blanks.length < common.length ? blanks : common;
    }
  }
  return common ?? '';
}

/**
 * Writes text so that a template reads as it. Holes of the template are written as they were; every other `${` and `%{` is
 * escaped.
 */
export function encodeTemplate(
  text: string,
  style: HclTemplate['style'],
  { hasAmpersands }: Dialect,
  holes: ReadonlyMap<string, string>,
  indentation = '',
): string {
  const parts = text.split(/(\$\{[^{}]*\}|[$%]\{)/);
  return parts
    .map((part) => {
      const hole = holes.get(part);
      if (hole !== undefined) {
        return hole;
      }
      if (part.startsWith('${')) {
        const mark = hasAmpersands ? '&{' : '$${';
        return mark + encodePlain(part.slice(2), style, indentation);
      }
      return (part === '%{' ? '%' : '') + encodePlain(part, style, indentation);
    })
    .join('');
}

function encodePlain(text: string, style: HclTemplate['style'], indentation: string): string {
  if (style !== 'quoted') {
    return text.replaceAll('\n', `\n${indentation}`);
  }
  return text.replace(/["\\\n\r\t]/g, (unit) => ESCAPES.get(unit) ?? unit);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
