import { firstIndex } from '../pattern/bisect';
import { parseHclSource } from './hcl/hcl';
import { expressionOf } from './hcl/jsonSyntax';
import { parseJsonTemplate } from './json';
import { languageOfText } from './languages';
import type { SourceText, SyntaxFault, SyntaxNode, SyntaxTree } from './nodes';
import { Roots } from './roots';
import { documentSource } from './stringSpans';
import { parseYaml } from './yaml/yaml';

/**
 * Reads a file for a template engine: JSON, YAML or HCL between the lines that the engine reads, one expression of Terraform
 * that makes JSON, or something else altogether, which has no tree. Never throws.
 */
export function parseTemplate(text: string): SyntaxTree {
  const head = behindHead(text, 0);
  const rest = text.slice(head);
  if (/^[{[]/.test(rest)) {
    return jsonRoots(text, head);
  }
  if (/^\$\{\s*(?:jsonencode|yamlencode)\(/.test(rest)) {
    const source = documentSource(text, 'hcl');
    const root = expressionOf({ ...source, text: ' '.repeat(head) + rest });
    return { root, source, faults: [] };
  }
  if (HCL.test(rest)) {
    return parseHclSource({ ...documentSource(text, 'hcl'), text: withoutControlLines(text) });
  }
  return languageOfText(rest) === 'yaml'
    ? parseYaml(text)
    : { root: undefined, source: documentSource(text, 'yaml'), faults: [] };
}

/** The beginning of a configuration of Terraform. */
const HCL =
  /^(?:(?:#|\/\/)[^\n]*\n\s*){0,200}(?:resource|data|locals|module|variable|provider|terraform)\b[ \t\w"{}.$-]*\{[ \t]*\r?\n/;

/** The lines of engines that HCL does not have, as blanks. */
function withoutControlLines(text: string): string {
  return text.replaceAll(/^[ \t]*(?:\{%[^\n]*%\}|<%[^\n]*%>)[ \t]*$/gm, (line) => ' '.repeat(line.length));
}

/**
 * JSON between control lines. There may be several values, one for each case of a condition around all of them: then the
 * root is the list of them.
 */
function jsonRoots(text: string, head: number): SyntaxTree {
  const hasMacro = /\{%[-+]?\s*end(?:macro|call|filter)\b/.test(text.slice(0, head));
  const whole = parseJsonFrom(text, hasMacro ? head : 0);
  // What an engine writes on a line of its own in front, such as a comment with a licence, is no value.
  const first = whole.root?.kind === 'opaque' ? parseJsonFrom(text, head) : whole;
  const roots: SyntaxNode[] = first.root === undefined ? [] : [first.root];
  const faults: SyntaxFault[] = [...first.faults];
  for (let last = first.root; last !== undefined && roots.length < MOST_ROOTS; ) {
    const end = behindHead(text, Math.max(last.span.end, head));
    // Without a control line in between it is a fault, and told as one.
    if (!text.startsWith('{', end) || !/[%}>]/.test(text.slice(last.span.end, end))) {
      break;
    }
    const next = parseJsonFrom(text, end);
    last = next.root;
    if (last !== undefined) {
      roots.push(last);
      faults.push(...next.faults);
    }
  }
  const [only] = roots;
  return roots.length < 2
    ? first
    : {
        root: new Roots(first.source, { start: only?.span.start ?? 0, end: text.length }, () => roots),
        source: first.source,
        faults: faults.filter(({ code }) => code !== 'end-of-file-expected'),
      };
}

const MOST_ROOTS = 20;

/** What stands in front counts as blanks. */
function parseJsonFrom(text: string, from: number): SyntaxTree {
  const source = documentSource(text, 'json');
  return parseJsonTemplate(
    withoutEscapes(from === 0 ? source : { ...source, text: ' '.repeat(from) + text.slice(from) }),
    'json',
  );
}

/** A text with what `$${` and `%%{` write (Terraform Language, "Strings and Templates"), which no other engine reads. */
function withoutEscapes(source: SourceText): SourceText {
  const { text } = source;
  const escapes = [...text.matchAll(/\$\$\{|%%\{/g)].map(({ index }) => index);
  if (escapes.length === 0) {
    return source;
  }
  const written = text.replaceAll(/([$%])\1\{/g, '$1{');
  // The mark that is left out is the second one.
  const marks = escapes.map((index, before) => index - before);
  const before = (index: number) => firstIndex(marks.length, (at) => (marks[at] ?? index) >= index);
  return {
    ...source,
    text: written,
    offsetAt: (index) => source.offsetAt(index + before(index)),
    encode: (inserted) => source.encode(inserted.replaceAll(VARIABLE, '$$${')),
  };
}

/** The beginning of a variable of IAM, and of none of Terraform's expressions. */
const VARIABLE = /\$\{(?=\s*[\w-]+:|[*?$]\})/g;

/** What an engine reads before, between and behind what is written, each with what ends it. */
const HEAD_MARKS: readonly (readonly [open: string, close: string])[] = [
  ['{#', '#}'],
  ['{%', '%}'],
  ['<%', '%>'],
  ['%{', '}'],
  ['{{', '}}'],
];

/** No line, comment or macro of an engine is longer. */
const LONGEST_MARK = 10_000;

/** Behind the blanks and marks that stand at an index. Expressions that are written stay. */
function behindHead(text: string, from: number): number {
  for (let at = from; ; ) {
    while (/\s/.test(text.charAt(at))) {
      at += 1;
    }
    const mark = HEAD_MARKS.find(([open]) => text.startsWith(open, at));
    const end = mark && endOfMark(text, at, mark);
    if (end === undefined) {
      return at;
    }
    at = end;
  }
}

function endOfMark(
  text: string,
  at: number,
  [open, close]: readonly [open: string, close: string],
): number | undefined {
  const within = text.slice(at, at + LONGEST_MARK);
  const length = within.indexOf(close, open.length);
  if (length === -1 || within.startsWith('<%=')) {
    return undefined;
  }
  const end = length + close.length;
  if (open === '{{' && !/^\s*\n/.test(within.slice(end))) {
    return undefined;
  }
  const macro = open === '{%' ? /^\{%[-+]?\s*(macro|call|filter)\b/.exec(within)?.[1] : undefined;
  if (macro === undefined) {
    return at + end;
  }
  // What stands in a macro is written elsewhere.
  const closing = within.indexOf(`end${macro}`, end);
  const last = within.indexOf(close, closing);
  return last === -1 ? at + end : at + last + close.length;
}
