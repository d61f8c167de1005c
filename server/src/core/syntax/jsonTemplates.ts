/**
 * What template engines put between the parts of JSON: `${…}` and `%{…}` of Terraform (Terraform Language, "Strings and
 * Templates"), `{{…}}` of Go, Jinja and Handlebars, `{%…%}` of Jinja, `<%…%>` of ERB. An expression stands for a value; a
 * control line writes nothing, and decides whether what is around it is written.
 *
 * Indexes are UTF-16 code units of the text.
 */
export interface JsonTemplate {
  /**
   * The text as it can be read as JSON, as long as before: control lines are blanks, an expression that stands where a
   * value may is a number of one digit, and one within a string has no quotes.
   */
  readonly text: string;
  /** Where each expression begins that stands for a value, with where it ends. */
  readonly values: ReadonlyMap<number, number>;
  /** Where control lines begin, in order. */
  readonly controls: readonly number[];
}

/** Whether a text may hold what a template engine reads: a look at its letters. */
const MARK = /[$%#]\{|\{[{%#]|<%/;

/** The parts of a template in a text; `undefined` where nothing stands in the way of reading it as JSON. */
export function jsonTemplateOf(text: string): JsonTemplate | undefined {
  if (!MARK.test(text)) {
    return undefined;
  }
  const values = new Map<number, number>();
  const controls: number[] = [];
  const parts: string[] = [];
  let copied = 0;
  const replace = (from: number, to: number, by: string): void => {
    parts.push(text.slice(copied, from), by);
    copied = to;
  };
  let isInString = false;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || (isInString && code === LINE_FEED)) {
      isInString = code === QUOTE && !isInString;
      at += 1;
      continue;
    }
    if (isInString && code === BACKSLASH) {
      at += 2;
      continue;
    }
    const end = OPENING.has(code) ? expressionEnd(text, at, isInString) : undefined;
    if (end === undefined) {
      at += 1;
      continue;
    }
    const written = text.slice(at, end);
    if (isInString) {
      if (/["\\\r\n]/.test(written)) {
        replace(at, end, '_'.repeat(written.length));
      }
    } else if (isControl(written)) {
      controls.push(at);
      replace(at, end, written.replaceAll(/[^\r\n]/g, ' '));
    } else {
      values.set(at, end);
      replace(at, end, `0${written.slice(1).replaceAll(/[^\r\n]/g, ' ')}`);
    }
    at = end;
  }
  return parts.length === 0 ? undefined : { text: parts.join('') + text.slice(copied), values, controls };
}

/**
 * Where the expression ends that begins at an index; `undefined` where none does. Within a string it ends on its line, and
 * a quote in it has its partner in it: else the string may only lack its end.
 */
function expressionEnd(text: string, at: number, isInString: boolean): number | undefined {
  const pair = PAIRS.find(([open]) => text.startsWith(open, at));
  if (pair === undefined) {
    return undefined;
  }
  const [open, close] = pair;
  // A name may stand on a line of its own between the braces.
  const name = isInString && open === '${' ? /^\$\{[\w\s.[\]()-]*\}/.exec(text.slice(at, at + 200)) : null;
  if (name !== null) {
    return at + name[0].length;
  }
  const longest = Math.min(text.length, at + LONGEST);
  const limit = isInString ? lineEnd(text, at, longest) : longest;
  const end =
    close === '}'
      ? endOfBraces(text, at + open.length, limit)
      : endOfMark(text, at + open.length, close, limit);
  if (end === undefined || !isInString) {
    return end;
  }
  const written = text.slice(at, end);
  const quotes = written.match(/"/g)?.length ?? 0;
  const first = written.slice(0, written.indexOf('"')).trimEnd();
  // Behind a name a quote ends the string around, in which the closing brace was not typed.
  const isWithin = quotes === 0 || !open.endsWith('{') || open === '{{' || /[^\w\])}.-]$/.test(first);
  return quotes % 2 === 0 && isWithin ? end : undefined;
}

const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['${', '}'],
  ['%{', '}'],
  ['#{', '}'],
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
];

/** An expression is not longer; what is looks like one without its end. */
const LONGEST = 10_000;

/** Behind the brace that closes an expression; braces and quotes in it have their partners. */
function endOfBraces(text: string, from: number, limit: number): number | undefined {
  let depth = 1;
  let isQuoted = false;
  for (let at = from; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      isQuoted = !isQuoted;
    } else if (!isQuoted && code === OPEN_BRACE) {
      depth += 1;
    } else if (!isQuoted && code === CLOSE_BRACE) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}

function endOfMark(text: string, from: number, close: string, limit: number): number | undefined {
  const at = text.slice(from, limit).indexOf(close);
  if (at === -1) {
    return undefined;
  }
  const end = from + at + close.length;
  // `{{{x}}}` has a brace more at each end.
  return close === '}}' && text.startsWith('{{{', from - 2) && text.charAt(end) === '}' ? end + 1 : end;
}

function lineEnd(text: string, at: number, limit: number): number {
  const length = text.slice(at, limit).indexOf('\n');
  return length === -1 ? limit : at + length;
}

/** Whether an expression writes nothing itself: a condition, a loop, a comment, an assignment. */
function isControl(written: string): boolean {
  return (
    /^(?:%\{|\{%|\{#|<%(?![=-]?=))/.test(written) ||
    /^\{\{[-~]?\s*(?:[#/^!]|\/\*|(?:if|else|end|range|with|define|template|block|break|continue)(?![\w.])|\$\w+\s*:?=)/.test(
      written,
    )
  );
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** The first letters of what opens an expression. */
const OPENING: ReadonlySet<number> = new Set([...'$%#{<'].map((letter) => letter.charCodeAt(0)));
