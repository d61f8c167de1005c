/**
 * What the scalars of YAML stand for, and where: YAML 1.2.2, chapters 5.7 (escapes), 6.5 (line folding), 7.3 (flow
 * scalars) and 8.1 (block scalars). The values agree with the `yaml` library's; that library does not tell which
 * character of a value comes from where.
 *
 * Offsets and indexes are UTF-16 code units. Nothing here throws: a faulty escape stands for itself.
 */

export type FlowStyle = 'plain' | 'single' | 'double';
export type ScalarStyle = FlowStyle | 'block';

/** A value with the offset at which each of its code units begins, and behind the last the end of the content. */
export interface ScalarValue {
  readonly value: string;
  readonly offsets: Int32Array;
}

/** Collects a value, code unit by code unit. */
class Collector {
  #value = '';
  #offsets: number[] = [];

  add(text: string, offset: number): void {
    this.#value += text;
    for (let unit = 0; unit < text.length; unit += 1) {
      this.#offsets.push(offset);
    }
  }

  /** Text that stands in the document letter by letter. */
  copy(text: string, offset: number): void {
    this.#value += text;
    for (let unit = 0; unit < text.length; unit += 1) {
      this.#offsets.push(offset + unit);
    }
  }

  done(end: number): ScalarValue {
    this.#offsets.push(end);
    return { value: this.#value, offsets: Int32Array.from(this.#offsets) };
  }
}

/**
 * A flow scalar of one of the three styles.
 *
 * @param text the document
 * @param from where its content begins, behind the opening quote
 * @param to where its content ends, in front of the closing quote
 */
export function flowScalar(text: string, from: number, to: number, style: FlowStyle): ScalarValue {
  const collector = new Collector();
  let at = from;
  for (;;) {
    const lineEnd = endOfLine(text, at, to);
    const isLast = lineEnd === to;
    const trimmed = isLast && style !== 'plain' ? to : trimEnd(text, lineEnd, style);
    const isJoined = addLine(collector, text, at, trimmed, style);
    if (isLast) {
      return collector.done(to);
    }
    // The first line break is a space, and each further one stands for itself.
    let next = skipBreak(text, lineEnd);
    let breaks = 0;
    for (;;) {
      const start = skipBlanks(text, next);
      if (isBreak(text, start)) {
        breaks += 1;
        next = skipBreak(text, start);
        continue;
      }
      next = start;
      break;
    }
    if (breaks > 0) {
      collector.add('\n'.repeat(breaks), lineEnd);
    } else if (!isJoined) {
      collector.add(' ', lineEnd);
    }
    at = next;
  }
}

/** Whether what stands inside a flow scalar is its value: on one line, and without a quote or an escape. */
export function isVerbatim(written: string, style: FlowStyle): boolean {
  switch (style) {
    case 'plain':
      return !/[\r\n]|[ \t]$/.test(written);
    case 'single':
      return !written.includes("'") && !written.includes('\n');
    case 'double':
      return !written.includes('\\') && !written.includes('\n');
  }
}

/** Adds what a line holds. Gives whether its end is escaped, so that no space stands for the line break. */
function addLine(collector: Collector, text: string, from: number, to: number, style: FlowStyle): boolean {
  if (style === 'plain') {
    collector.copy(text.slice(from, to), from);
    return false;
  }
  const quote = style === 'single' ? "'" : '\\';
  // Of many lines none is to be searched beyond its end.
  const line = text.slice(from, to);
  let at = from;
  for (;;) {
    const found = line.indexOf(quote, at - from);
    if (found === -1) {
      collector.copy(text.slice(at, to), at);
      return false;
    }
    const special = from + found;
    collector.copy(text.slice(at, special), at);
    if (style === 'single') {
      collector.add("'", special);
      at = special + (text.charAt(special + 1) === "'" ? 2 : 1);
      continue;
    }
    if (special + 1 >= to) {
      return true;
    }
    const { length, stands } = escapeAt(text, special, to);
    collector.add(stands, special);
    at = special + length;
  }
}

/** The escape that begins at a backslash: how long it is, and for what it stands. */
function escapeAt(
  text: string,
  at: number,
  to: number,
): { readonly length: number; readonly stands: string } {
  const letter = text.charAt(at + 1);
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    return { length: 2, stands: simple };
  }
  const digits = DIGITS.get(letter);
  if (digits !== undefined) {
    const hex = text.slice(at + 2, Math.min(at + 2 + digits, to));
    const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined && code <= 0x10ffff) {
      return { length: 2 + digits, stands: String.fromCodePoint(code) };
    }
  }
  // The letter behind it is one by itself, so that each has its place.
  return { length: 1, stands: '\\' };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['\t', '\t'],
]);

const DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * A block scalar.
 *
 * @param text the document
 * @param header its indicators, as in `|-` or `>2+`
 * @param from where its first line begins, behind the line break of the header
 * @param to where its source ends, line breaks included
 * @param parentIndent by how much what holds it is moved in, for a header that says by how much more this is
 */
export function blockScalar(
  text: string,
  { header, from, to, parentIndent }: { header: string; from: number; to: number; parentIndent: number },
): ScalarValue & { readonly indent: number } {
  const isFolded = header.startsWith('>');
  const chomp = header.includes('-') ? 'strip' : header.includes('+') ? 'keep' : 'clip';
  const told = /[1-9]/.exec(header)?.[0];
  const lines = linesOf(text, from, to);
  const filled = lines.filter(({ start, end }) => skipSpaces(text, start) < end);
  const first = filled[0];
  const indent =
    told !== undefined
      ? parentIndent + Number(told)
      : first === undefined
        ? 0
        : skipSpaces(text, first.start) - first.start;
  // A line of more spaces than the indentation has content, save where no line has any other.
  const lastIndex =
    first === undefined
      ? -1
      : lines.findLastIndex(
          (line) => line.end - line.start > indent || skipSpaces(text, line.start) < line.end,
        );
  const last = lines[lastIndex];
  const collector = new Collector();
  let breaks = 0;
  let wasMore = false;
  for (let index = 0; index <= lastIndex; index += 1) {
    const line = lines[index] as Line;
    const start = Math.min(line.start + indent, skipSpaces(text, line.start));
    const isEmpty = start >= line.end;
    if (isEmpty) {
      breaks += 1;
      continue;
    }
    const isMore = isFolded && (text.charAt(start) === ' ' || text.charAt(start) === '\t');
    // The lines since the last one with content, that one included; each break stands where its line ends.
    const broken = lines.slice(Math.max(0, index - breaks - 1), index);
    const isJoined = isFolded && !isMore && !wasMore && index > breaks;
    if (isJoined && breaks === 0) {
      collector.add(' ', broken[0]?.end ?? from);
    }
    for (const { end } of isJoined ? broken.slice(0, -1) : broken) {
      collector.add('\n', end);
    }
    collector.copy(text.slice(start, line.end), start);
    breaks = 0;
    wasMore = isMore;
  }
  const end = last?.end ?? from;
  const hasFinalBreak = last !== undefined && end < to;
  if (chomp === 'keep') {
    collector.add(hasFinalBreak ? '\n' : '', end);
    for (const line of lines.slice(lastIndex + 1)) {
      collector.add(line.end < to ? '\n' : '', line.end);
    }
  } else if (chomp === 'clip' && hasFinalBreak) {
    collector.add('\n', end);
  }
  return { ...collector.done(end), indent };
}

interface Line {
  readonly start: number;
  /** In front of the line break. */
  readonly end: number;
}

/** The lines of a range; what follows the last line break is a line only if it holds something. */
function linesOf(text: string, from: number, to: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = from; at < to; ) {
    const end = endOfLine(text, at, to);
    lines.push({ start: at, end });
    at = skipBreak(text, end);
  }
  return lines;
}

/** In front of the line break, of either kind. */
function endOfLine(text: string, from: number, to: number): number {
  // Of many scalars on one line none is to be searched beyond its end.
  const found = text.slice(from, to).search(/\r?\n/);
  return found === -1 ? to : from + found;
}

function isBreak(text: string, at: number): boolean {
  return text.charAt(at) === '\n' || text.startsWith('\r\n', at);
}

function skipBreak(text: string, at: number): number {
  return at + (text.startsWith('\r\n', at) ? 2 : 1);
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ') {
    at += 1;
  }
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') {
    at += 1;
  }
  return at;
}

/** Without the blanks at its end; in double quotes an escaped one stays. */
function trimEnd(text: string, to: number, style: FlowStyle): number {
  let end = to;
  while (text.charAt(end - 1) === ' ' || text.charAt(end - 1) === '\t') {
    if (style === 'double' && isEscaped(text, end - 1, '\\')) {
      break;
    }
    end -= 1;
  }
  return end;
}

/** Whether an odd number of what escapes stands in front. */
export function isEscaped(text: string, at: number, escaping: string): boolean {
  let escaped = false;
  for (let before = at - 1; text.charAt(before) === escaping; before -= 1) {
    escaped = !escaped;
  }
  return escaped;
}

/** Writes text so that it reads as itself in a style; `undefined` where the style cannot hold it. */
export function encodeScalar(text: string, style: ScalarStyle, indent: number): string | undefined {
  switch (style) {
    case 'plain':
      return isPlainSafe(text) ? text : undefined;
    case 'single':
      return /[\r\n]/.test(text) ? undefined : text.replaceAll("'", "''");
    case 'double':
      return JSON.stringify(text).slice(1, -1);
    default:
      return text.replaceAll('\n', `\n${' '.repeat(indent)}`);
  }
}

/**
 * Whether a plain scalar can say the text: nothing that ends it, in flow collections neither, nothing that begins
 * something else, and nothing that reads as another type.
 */
export function isPlainSafe(text: string): boolean {
  return (
    /^[\w./$+=(^~;<:-][^\r\n,[\]{}]*$/.test(text.replaceAll(/\$\{[^{}\r\n,[\]]*\}/g, '$')) &&
    !/: |:$| #|^[-?:](?:\s|$)|\s$|^---|^\.\.\.|^=$|^~$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n|[-+]?[\d._]+(?:e[-+]?\d+)?|0[xo][\da-f]+|[-+]?\.inf|\.nan|<<)$/i.test(
      text,
    ) &&
    !/^\d{4}-\d\d-\d\d/.test(text)
  );
}

/** A string as a scalar of its own, as plainly as can be. In a flow collection a hole's braces would end it. */
export function scalarText(text: string, { inFlow, quote }: { inFlow: boolean; quote: '"' | "'" }): string {
  if (isPlainSafe(text) && !(inFlow && /[{}]/.test(text))) {
    return text;
  }
  return quote === "'" && !/[\r\n]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
