/** A stretch of a text that a tool fills in before AWS sees it: UTF-16 indexes, half-open. */
export interface TemplateExpression {
  readonly from: number;
  /** After the closing mark, or the end of the text if there is none. */
  readonly to: number;
}

/**
 * The opening and closing marks of template languages: CloudFormation's, Terraform's and IAM's own `${…}`, `#{…}` of Ruby
 * and Octopus, `%{…}` of Terraform and Logstash, `{{…}}` of Jinja, Go and Mustache, `{%…%}` of Jinja, `<%…%>` of ERB and
 * EJS, `$(…)` of Azure Pipelines and shells, `((…))` of Concourse.
 * Verbs of `printf`, such as `%s`, have no marks: see `verbEnd`.
 */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ['${', '}'],
  ['#{', '}'],
  ['%{', '}'],
  ['{{', '}}'],
  ['{%', '%}'],
  ['<%', '%>'],
  ['$(', ')'],
  ['((', '))'],
];

const OPEN = /[$#%]\{|\{[{%]|<%|\$\(|\(\(|%(?:\[\d{1,2}\]|\d{1,2}\$|\(\w{1,60}\))?[sdvq]/;

/** Whether a text holds a template expression, so that it will be another when AWS sees it. Variables of IAM are of them. */
export function holdsTemplate(text: string): boolean {
  return OPEN.test(text);
}

/** The template expressions of a text, in order; none lies in another. */
export function templatesIn(text: string): readonly TemplateExpression[] {
  if (!OPEN.test(text)) {
    return NONE;
  }
  const found: TemplateExpression[] = [];
  for (let at = 0; at < text.length; ) {
    const to = templateEnd(text, at);
    if (to === undefined) {
      at += 1;
    } else {
      found.push({ from: at, to: Math.min(to, text.length) });
      at = to;
    }
  }
  return found;
}

const NONE: readonly TemplateExpression[] = [];

/** Where the template expression ends that begins at an index: beyond the text if nowhere; `undefined` where none begins. */
export function templateEnd(text: string, at: number): number | undefined {
  const first = text.charCodeAt(at);
  // Every character of an ARN is asked, and hardly any opens an expression.
  if (
    first !== DOLLAR &&
    first !== OPEN_BRACE &&
    first !== PERCENT &&
    first !== HASH &&
    first !== LESS &&
    first !== PAREN
  ) {
    return undefined;
  }
  const marks = MARKS.find(([open]) => text.startsWith(open, at));
  if (marks === undefined) {
    return first === PERCENT ? verbEnd(text, at) : undefined;
  }
  const [open, close] = marks;
  return close.length === 1
    ? endOfNested(text, at + open.length, open.charCodeAt(1), close.charCodeAt(0))
    : endOfPair(text, at + open.length, close);
}

/**
 * Behind a verb of `printf` in its dialects (Go package fmt; POSIX, "File Format Notation"; Python Library Reference,
 * "printf-style String Formatting"): `%s`, `%d`, `%[1]s`, `%1$s`, `%(name)s`. An octet that is encoded for a URL, as `%d0`, is none, and neither is the name of a variable of Windows, `%stage%`.
 */
function verbEnd(text: string, at: number): number | undefined {
  const verb = /^%(?:\[\d{1,2}\]|\d{1,2}\$|\(\w{1,60}\))?[sdvq](?![\w%])/.exec(text.slice(at, at + 66))?.[0];
  return verb === undefined ? undefined : at + verb.length;
}

/** `${lookup({ a = 1 }, "b")}` has braces of its own. */
function endOfNested(text: string, from: number, open: number, close: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === close) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    } else if (code === open) {
      depth += 1;
      // Every opening mark is asked by itself: without a limit a text of such marks would be read as often as it has them.
      if (depth > DEEPEST) {
        break;
      }
    }
  }
  return text.length + 1;
}

/** Nobody nests expressions so deep. */
const DEEPEST = 64;

/** `{{{x}}}` has a brace more at each end. */
function endOfPair(text: string, from: number, close: string): number {
  const at = text.indexOf(close, from);
  if (at < 0) {
    return text.length + 1;
  }
  let to = at + close.length;
  while (close === '}}' && text[to] === '}') {
    to += 1;
  }
  return to;
}

/**
 * The same text, as long and with the same indexes, in which each of the stretches reads as a variable whose name says
 * nothing: `${…}`. So colons, slashes and dots in an expression divide nothing.
 */
export function masked(
  text: string,
  stretches: readonly { readonly from: number; readonly to: number }[],
): string {
  let result = '';
  let end = 0;
  for (const { from, to } of stretches) {
    result += text.slice(end, from) + variable(to - from);
    end = to;
  }
  return end === 0 ? text : result + text.slice(end);
}

/** What is too short for a name reads as wildcards, which may be any text too. */
function variable(length: number): string {
  return length < 4 ? '*'.repeat(length) : `\${${'_'.repeat(length - 3)}}`;
}

const DOLLAR = 0x24;
const HASH = 0x23;
const PERCENT = 0x25;
const PAREN = 0x28;
const LESS = 0x3c;
const OPEN_BRACE = 0x7b;
