import {
  type Diagnostic,
  DiagnosticSeverity,
  type CodeAction as LspCodeAction,
  type Hover as LspHover,
  type MarkupContent,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  atOnce,
  type CodeAction,
  type Edit,
  type Finding,
  type Hover,
  plainMarkdown,
  type SemanticToken,
  type Severity,
  type Span,
  type Steps,
  semanticTokenTypes,
} from '../core/index';
import type { Kinds, Markup } from './clientAbilities';
import type { Text } from './textVersion';

/*
 * The only place where core's offsets become the protocol's positions and back. Both count UTF-16 code units, so
 * nothing is lost on the way; the document's line ends decide where a line begins.
 */

/** The version of a document that was read from disk: an edit of it applies to whatever stands there. */
export const UNOPENED = -1;

const DIAGNOSTIC_SOURCE = 'iam-policy';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Offsets as positions of the protocol. */
export function toRange(document: Text, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** As `toOffset` does; a range that ends before it begins is turned round. */
export function toSpan(document: Pick<Text, 'offsetAt'>, range: Range): Span {
  const one = toOffset(document, range.start);
  const other = toOffset(document, range.end);
  return { start: Math.min(one, other), end: Math.max(one, other) };
}

/**
 * Positions beyond the end of a line or of the document fall on that end, as the protocol asks. Clients send numbers that
 * are none of a position too: what is no whole number counts as the next below, anything else as 0, and before the first
 * line is the beginning.
 */
export function toOffset(document: Pick<Text, 'offsetAt'>, position: Position): number {
  if (position.line < 0) {
    return 0;
  }
  return document.offsetAt({ line: whole(position.line), character: whole(position.character) });
}

function whole(value: unknown): number {
  return typeof value === 'number' ? Math.max(0, Math.floor(value) || 0) : 0;
}

/** `page` is where the rule is explained. */
export function toDiagnostic(document: Text, finding: Finding, page: string | undefined): Diagnostic {
  return {
    range: toRange(document, finding.span),
    severity: SEVERITIES[finding.severity],
    source: DIAGNOSTIC_SOURCE,
    code: finding.rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    message: finding.message,
    ...(finding.also === undefined
      ? {}
      : {
          relatedInformation: finding.also.map(({ message, span }) => ({
            location: { uri: document.uri, range: toRange(document, span) },
            message,
          })),
        }),
  };
}

/** A hover of the core as the protocol has it, in the markup that the client shows. */
export function toHover(document: Text, hover: Hover, markup: Markup): LspHover {
  return {
    contents: toMarkup(hover.contents, markup),
    range: toRange(document, hover.span),
  };
}

/** A text of ours, which is Markdown, as a client shows it. */
export function toMarkup(markdown: string, markup: Markup): MarkupContent {
  return markup === 'markdown'
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainMarkdown(markdown) };
}

/** What a client likes best; one that says nothing is older than the choice, and shows Markdown. */
export function markupOf(formats: unknown): Markup {
  const [best] = Array.isArray(formats) ? formats : [];
  return best === MarkupKind.PlainText ? 'plaintext' : 'markdown';
}

/**
 * Of a client that names the kinds it knows others can be expected to be shown somehow, of one that does not the first ones
 * of the protocol alone (LSP 3.17, `completionItemKind.valueSet` and `symbolKind.valueSet`).
 */
export function kindsOf(named: { readonly valueSet?: unknown } | undefined): Kinds {
  return named?.valueSet === undefined ? 'first' : 'all';
}

/** Edits of the core as the protocol has them, in the same order. */
export function toTextEdits(document: Text, edits: readonly Edit[]): TextEdit[] {
  return edits.map((edit) => ({ range: toRange(document, edit.span), newText: edit.text }));
}

/** An edit of one document. With `versions` the client refuses it once the document has moved on. */
export function toWorkspaceEdit(
  document: Text,
  edits: readonly Edit[],
  form: 'versions' | 'plain',
): WorkspaceEdit {
  const changes = toTextEdits(document, edits);
  const { uri } = document;
  const version = document.version === UNOPENED ? null : document.version;
  return form === 'versions'
    ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
    : { changes: { [uri]: changes } };
}

/** Creates a file with a text, unless it has come to be meanwhile. Only for clients that can create files. */
export function toFileCreation(uri: string, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      {
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText: text }],
      },
    ],
  };
}

/**
 * An action without its edit, which may be asked for later.
 *
 * @param diagnostics those that the action answers
 */
export function toCodeAction(action: CodeAction, diagnostics: Diagnostic[]): LspCodeAction {
  return {
    title: action.title,
    kind: action.kind,
    ...(diagnostics.length === 0 ? {} : { diagnostics }),
    ...(action.fixKind === 'safe' ? { isPreferred: true } : {}),
  };
}

/**
 * The protocol's five integers per token, relative to the token before; tokens come in source order. One that goes on in
 * further lines, as strings of YAML do, is one in each of them: hardly a client takes others (LSP 3.17,
 * `multilineTokenSupport`).
 */
export function toTokenData(document: Text, tokens: readonly SemanticToken[]): Uint32Array {
  return atOnce(tokenDataSteps(document, tokens));
}

/** The same in parts. */
export function* tokenDataSteps(document: Text, tokens: readonly SemanticToken[]): Steps<Uint32Array> {
  let left = TOKENS_AT_ONCE;
  const positionAt = positions(document);
  let data: Uint32Array = new Uint32Array(tokens.length * 5);
  let at = 0;
  let before: Position = { line: 0, character: 0 };
  for (const { span, type } of tokens) {
    if (left === 0) {
      yield;
      left = TOKENS_AT_ONCE;
    }
    left -= 1;
    for (let start = span.start; start < span.end; ) {
      const position = positionAt(start);
      const { line, character } = position;
      const end = Math.min(span.end, endOfLine(document, line));
      if (end > start) {
        if (at === data.length) {
          data = grown(data);
        }
        data[at] = line - before.line;
        data[at + 1] = line === before.line ? character - before.character : character;
        data[at + 2] = end - start;
        data[at + 3] = TOKEN_INDEXES.get(type) ?? 0;
        at += 5;
        before = position;
      }
      start = end === span.end ? end : textOfLine(document, line + 1);
    }
  }
  return data.subarray(0, at);
}

/** So many take some milliseconds at most. */
const TOKENS_AT_ONCE = 5_000;

function grown(data: Uint32Array): Uint32Array {
  const more = new Uint32Array(2 * data.length);
  more.set(data);
  return more;
}

function endOfLine(document: Text, line: number): number {
  return document.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
}

/** Where a line has its first character that is no blank, or ends. */
function textOfLine(document: Text, line: number): number {
  const start = startOfLine(document, line);
  const text = document.getText({
    start: { line, character: 0 },
    end: { line, character: Number.MAX_SAFE_INTEGER },
  });
  return start + text.length - text.trimStart().length;
}

const TOKEN_INDEXES: ReadonlyMap<string, number> = new Map(
  semanticTokenTypes.map((type, index) => [type, index]),
);

/**
 * `positionAt` of a document for many offsets, most of which lie on the line of the one before or soon behind it: then no
 * line has to be looked for. Only as long as the document stays as it is.
 */
export function positions(document: Text): (offset: number) => Position {
  let line = 0;
  let start = 0;
  let next = startOfLine(document, 1);
  return (offset) => {
    if (offset < start || offset >= next) {
      const steps = offset < start ? 0 : STEPS;
      for (let step = 0; step < steps && offset >= next; step += 1) {
        line += 1;
        start = next;
        next = startOfLine(document, line + 1);
      }
      if (offset < start || offset >= next) {
        line = document.positionAt(offset).line;
        start = startOfLine(document, line);
        next = startOfLine(document, line + 1);
      }
    }
    // Between the signs of a line end is its beginning.
    return offset > next - 2 ? document.positionAt(offset) : { line, character: offset - start };
  };
}

/** So many lines on, looking for the line costs no more than going there. */
const STEPS = 8;

/** Where a line begins; behind the last one endless. */
function startOfLine(document: Text, line: number): number {
  return line < document.lineCount ? document.offsetAt({ line, character: 0 }) : Number.POSITIVE_INFINITY;
}
