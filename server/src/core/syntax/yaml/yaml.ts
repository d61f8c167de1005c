import { type CST, Lexer, Parser } from 'yaml';
import { atOnce, type Steps } from '../../steps';
import type { ArrayNode, SourceText, SyntaxTree } from '../nodes';
import { Roots } from '../roots';
import { documentSource, spanIn } from '../stringSpans';
import { faultsOfTokens } from './yamlFaults';
import { nodeOf, noteShared, type YamlContext } from './yamlNodes';
import { endOf, type Properties, startOf, withProperties } from './yamlTokens';

/**
 * Parses YAML into the syntax port. Never throws. A document that is half-typed, or that holds what is no YAML, keeps
 * what stands before and after the fault. Several documents of one stream are the items of a list.
 *
 * No faults are reported: what is wrong with the YAML itself is for the tools that the file is for, and for the editor's
 * own YAML support, which would say it a second time.
 */
export function parseYaml(text: string): SyntaxTree {
  return atOnce(parseYamlSteps(text));
}

/** The same in parts. */
export function parseYamlSteps(text: string): Steps<SyntaxTree> {
  return parseSteps(documentSource(text, 'yaml'));
}

/** As `parseYaml`, for a text that stands inside a document: every span is the document's. */
export function parseYamlSource(given: SourceText): SyntaxTree {
  return atOnce(parseSteps(given));
}

function* parseSteps(given: SourceText): Steps<SyntaxTree> {
  const text = given.text.replaceAll(LONE_RETURN, '\n');
  const isTemplate = TEMPLATE_LINE.test(text);
  const stream = yield* streamOf(readable(text, isTemplate));
  const documents = yield* documentsIn(stream);
  let faults: readonly number[] | undefined;
  const source: SourceText = {
    ...given,
    text,
    unreportedFaults: () => {
      faults ??= faultsIn(stream).map((index) => given.offsetAt(index));
      return faults;
    },
  };
  const anchors = new Map<string, Properties>();
  for (const document of source.text.includes('&') ? documents : []) {
    const found = anchorsIn(withProperties(document.value, document.start));
    for (const [name, properties] of found.anchors) {
      anchors.set(name, anchors.get(name) ?? properties);
    }
    noteShared(source, found.shared);
  }
  const context: YamlContext = { source, anchors, isTemplate, followed: { count: 0, characters: 0 } };
  const values = documents.map((document) => withProperties(document.value, document.start));
  const [only] = values;
  const root = values.length > 1 ? new Stream(context, values) : only && nodeOf(context, only, undefined);
  return { root, source, faults: [] };
}

/** Carriage returns that are line breaks by themselves (YAML 1.2, section 5.4), which the library takes for characters. */
const LONE_RETURN = /\r(?!\n)/g;

/** A line of its own that a template engine (Helm, Jinja, Terraform, ERB) reads and does not write. */
const TEMPLATE_LINE = /^[ \t]*(?:\{\{[^\n]*\}\}|\{%[^\n]*%\}|%\{[^\n]*\}|<%[^\n]*%>)[ \t]*\r?$/m;

/**
 * The text as it can be read as YAML, as long as before: tabs at the beginning of a line are blanks, lines of a template
 * engine are comments, and an expression that is a value has no braces. Values are taken from the text as it is.
 */
function readable(text: string, isTemplate: boolean): string {
  let result = text;
  if (/^\t/m.test(result)) {
    result = result.replaceAll(/^\t+/gm, (tabs) => ' '.repeat(tabs.length));
  }
  if (isTemplate) {
    result = result.replaceAll(
      new RegExp(TEMPLATE_LINE, 'gm'),
      (line) =>
        `${line.slice(0, line.search(/[{<%]/))}#${' '.repeat(line.trim().length - 1)}${line.slice(line.trimEnd().length)}`,
    );
  }
  // Quotes in an expression would end those around it, and braces begin a flow mapping.
  return result.includes('{{')
    ? result.replaceAll(/\{\{[^{}\n]*\}\}/g, (expression) => '_'.repeat(expression.length))
    : result;
}

/** What a text reads as, and the quotes that lack their partners. */
interface TokenStream {
  readonly tokens: readonly CST.Token[];
  readonly strayQuotes: readonly number[];
}

function* streamOf(text: string): Steps<TokenStream> {
  const strayQuotes: number[] = [];
  let tokens: readonly CST.Token[] = [];
  let tried = text;
  // A quote without its partner takes all that follows for its own. Blanked out, it leaves the rest to be read.
  for (let round = 0; round < 4; round += 1) {
    tokens = yield* read(tried);
    yield;
    const outdented = firstOutdented(tokens, tried);
    yield;
    const seeming = outdented === undefined ? strayQuote(tokens, text) : undefined;
    // Where all is YAML, a text over several lines may have some that look like keys.
    const at =
      seeming === undefined || (round === 0 && faultsOfTokens(tokens).length === 0) ? undefined : seeming;
    if (outdented !== undefined) {
      tried = onOneLine(tried, outdented);
    } else if (at !== undefined) {
      strayQuotes.push(at);
      tried = `${tried.slice(0, at)}_${tried.slice(at + 1)}`;
    } else {
      break;
    }
  }
  return { tokens, strayQuotes };
}

/** The documents of a stream that hold something. */
function* documentsIn({ tokens }: TokenStream): Steps<readonly CST.Document[]> {
  const documents: CST.Document[] = [];
  for (const token of tokens) {
    if (token.type === 'document' && token.value !== undefined && (yield* isShallow(token.value))) {
      documents.push(token);
    }
  }
  return documents;
}

function faultsIn({ tokens, strayQuotes }: TokenStream): readonly number[] {
  return [...strayQuotes, ...faultsOfTokens(tokens)].toSorted((a, b) => a - b);
}

/** As the library's own `Parser.parse`, which can be left between documents only. */
function* read(text: string): Steps<readonly CST.Token[]> {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let read = 0;
  try {
    for (const lexeme of new Lexer().lex(text)) {
      tokens.push(...parser.next(lexeme));
      read += 1;
      if (read % LEXEMES_AT_ONCE === 0) {
        yield;
      }
    }
    tokens.push(...parser.end());
    return tokens;
  } catch {
    // Nesting beyond what the library's recursion can take.
    return [];
  }
}

/** They take some milliseconds at most. */
const LEXEMES_AT_ONCE = 2_000;

/** Tokens in source order, and within documents and collections. */
function* allTokens(tokens: readonly CST.Token[]): Generator<CST.Token> {
  const open: (CST.Token | null | undefined)[] = [...tokens].reverse();
  while (open.length > 0) {
    const token = open.pop();
    if (token === undefined || token === null) {
      continue;
    }
    yield token;
    if (token.type === 'document') {
      open.push(token.value);
    } else if ('items' in token) {
      for (let at = token.items.length - 1; at >= 0; at -= 1) {
        const item: CST.CollectionItem | undefined = token.items[at];
        open.push(item?.value, item?.key);
      }
    }
  }
}

/** The opening quote of the first scalar over several lines that has taken other keys or items for its text. */
function strayQuote(tokens: readonly CST.Token[], text: string): number | undefined {
  for (const token of allTokens(tokens)) {
    const isQuoted = token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar';
    if (isQuoted && token.source.includes('\n') && swallows(token, text)) {
      return token.offset;
    }
  }
  return undefined;
}

/**
 * Where the first value in quotes or brackets begins of which a line stands no further in than its key, such as the quote or
 * bracket at its end. YAML does not allow that (YAML 1.2.2, chapters 6.1 and 7.4), and the library gives up there; but the
 * readers of CloudFormation and of Python take it.
 */
function firstOutdented(tokens: readonly CST.Token[], text: string): number | undefined {
  let looked = 0;
  for (const token of allTokens(tokens)) {
    if (isCutOff(token)) {
      const end = endInText(text, token.offset);
      if (end !== undefined && isOutdented(text, token.offset, end)) {
        return token.offset;
      }
      looked += (end ?? token.offset + LONGEST_VALUE) - token.offset;
      if (looked > MOST_LOOKED) {
        return undefined;
      }
    }
  }
  return undefined;
}

/** A text, as long as before, in which such values from an offset on stand on one line each. */
function onOneLine(text: string, from: number): string {
  const parts: string[] = [];
  let copied = 0;
  let looked = 0;
  let around: number | undefined;
  for (let at = text.lastIndexOf('\n', from - 1) + 1; at < text.length && looked < MOST_LOOKED; ) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, Math.min(lineEnd, at + LONGEST_LINE));
    const indent = indentOf(text, at);
    const isInBlock = around !== undefined && (line.trim() === '' || indent > around);
    let next = lineEnd + 1;
    if (!isInBlock) {
      const header = BLOCK.exec(line)?.[0];
      around = header === undefined ? undefined : header.startsWith(':') ? columnOf(text, at) : indent;
      const opening = OPENING.exec(line)?.[0];
      const start = at + (opening?.length ?? 0) - 1;
      const end = opening === undefined ? undefined : endInText(text, start);
      if (end !== undefined && isOutdented(text, start, end)) {
        parts.push(text.slice(copied, start), text.slice(start, end).replaceAll(/[\r\n]/g, ' '));
        copied = end;
        next = endOfLine(text, end) + 1;
      }
      looked += opening === undefined ? 0 : (end ?? start + LONGEST_VALUE) - start;
    }
    at = next;
  }
  return `${parts.join('')}${text.slice(copied)}`;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** A line with a value that begins with a quote or a bracket. */
const OPENING = /^ *(?:- +)*(?:["']?[\w:./-]+["']?: +)?(?:![\w:]+ +)?["'[{]/;
/** A line with the header of a block scalar. */
const BLOCK = /[:-] +(?:![\w:]+ +)?[|>][-+\d]{0,2}\r?$/;
const LONGEST_LINE = 500;

/** Whether a token lacks its closing quote or bracket. */
function isCutOff(token: CST.Token): boolean {
  switch (token.type) {
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return token.source.length < 2 || !token.source.endsWith(token.source.charAt(0));
    case 'flow-collection':
      return !token.end.some(({ type }) => /^flow-(map|seq)-end$/.test(type));
    default:
      return false;
  }
}

/** Longer values are in no template, and no more of them are half-typed. */
const LONGEST_VALUE = 50_000;
const MOST_LOOKED = 10 * LONGEST_VALUE;

/** Behind the quote or bracket that closes the one at an offset, on another line; `undefined` where none does. */
function endInText(text: string, from: number): number | undefined {
  const limit = Math.min(text.length, from + LONGEST_VALUE);
  let depth = 0;
  for (let at = from; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      at = endOfQuotes(text, at, limit);
      if (depth === 0) {
        return at < limit && text.slice(from, at).includes('\n') ? at + 1 : undefined;
      }
    } else if (character === '[' || character === '{') {
      depth += 1;
    } else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    } else if (character === '#' && /\s/.test(text.charAt(at - 1))) {
      return undefined;
    }
  }
  return undefined;
}

/** The quote that closes the one at an offset, or the limit. */
function endOfQuotes(text: string, from: number, limit: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && quote === '"') {
      at += 1;
    } else if (character === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) {
        return at;
      }
      at += 1;
    }
  }
  return limit;
}

/** Whether a line of a value stands no further in than its key, and none is another key or item; JSON has names in quotes. */
function isOutdented(text: string, start: number, end: number): boolean {
  const own = columnOf(text, text.lastIndexOf('\n', start - 1) + 1);
  let isFound = false;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    const { indent, letters } = lineAt(text, at + 1);
    if (indent <= own && /^\S/.test(letters)) {
      if (/^(?:- |-$|[\w./-]+:(?:\s|$))/.test(letters)) {
        return false;
      }
      isFound = true;
    }
  }
  return isFound;
}

/** Whether a line of a quoted scalar looks like a key or an item, at no more than the indentation of its own line. */
function swallows({ offset, source }: CST.FlowScalar, text: string): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const own = columnOf(text, lineStart);
  const body = source.slice(1);
  for (let at = body.indexOf('\n'); at >= 0; at = body.indexOf('\n', at + 1)) {
    const { indent, letters } = lineAt(text, offset + 1 + at + 1);
    if (indent <= own && /^(?:- |-$|["']?[\w:./-]+["']?:(?:\s|$))/.test(letters)) {
      return true;
    }
  }
  return false;
}

/** How far in a line stands, and as much of what follows as can be a key. */
function lineAt(text: string, lineStart: number): { readonly indent: number; readonly letters: string } {
  const indent = indentOf(text, lineStart);
  const start = lineStart + indent;
  return { indent, letters: text.slice(start, start + LONGEST_KEY) };
}

const LONGEST_KEY = 100;

/** Where the key of a line begins, behind the dashes of lists. */
function columnOf(text: string, lineStart: number): number {
  let at = lineStart + indentOf(text, lineStart);
  while (text.charAt(at) === '-' && text.charAt(at + 1) === ' ') {
    at += 1 + indentOf(text, at + 1);
  }
  return at - lineStart;
}

function indentOf(text: string, lineStart: number): number {
  let at = lineStart;
  while (text.charAt(at) === ' ') {
    at += 1;
  }
  return at - lineStart;
}

/** Nesting deeper than this is no policy's, and it bounds every recursion over a tree. */
const MAX_DEPTH = 256;

function* isShallow(root: CST.Token): Steps<boolean> {
  let looked = 0;
  let level: readonly CST.Token[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    const next: CST.Token[] = [];
    for (const token of level) {
      looked += 1;
      if (looked % LEXEMES_AT_ONCE === 0) {
        yield;
      }
      for (const item of 'items' in token ? token.items : []) {
        if (item.value) {
          next.push(item.value);
        }
        if (item.key) {
          next.push(item.key);
        }
      }
    }
    level = next;
  }
  return true;
}

/** The first value of each anchor in a document, and all values that aliases name. */
function anchorsIn(root: Properties): {
  readonly anchors: ReadonlyMap<string, Properties>;
  readonly shared: readonly Properties[];
} {
  const anchors = new Map<string, Properties>();
  const all: Properties[] = [];
  const named = new Set<string>();
  const open: Properties[] = [root];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { token, anchor } = each;
    if (anchor !== undefined) {
      const name = anchor.source.slice(1);
      anchors.set(name, anchors.get(name) ?? each);
      all.push(each);
    }
    if (token?.type === 'alias') {
      named.add(token.source.slice(1));
    } else if (token !== undefined && token !== null && 'items' in token) {
      for (let at = token.items.length - 1; at >= 0; at -= 1) {
        const item: CST.CollectionItem | undefined = token.items[at];
        open.push(withProperties(item?.value, item?.sep ?? item?.start));
      }
    }
  }
  return { anchors, shared: all.filter(({ anchor }) => anchor && named.has(anchor.source.slice(1))) };
}

/** Whether a list is the documents of a stream. */
export function isStream(node: ArrayNode): boolean {
  return node instanceof Stream;
}

/** The documents of a stream. */
class Stream extends Roots {
  constructor(context: YamlContext, values: readonly Properties[]) {
    const tokens = values.flatMap(({ token }) => (token ? [token] : []));
    const [first] = tokens;
    const last = tokens.at(-1);
    const span = spanIn(context.source, first ? startOf(first) : 0, last ? endOf(last) : 0);
    super(context.source, span, (stream) => values.flatMap((value) => nodeOf(context, value, stream) ?? []));
  }
}
