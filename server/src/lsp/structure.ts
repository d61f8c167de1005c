import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type FoldingRange,
  type DocumentLink as LspDocumentLink,
  type DocumentSymbol as LspDocumentSymbol,
  SymbolKind as LspSymbolKind,
  type Position,
  type SelectionRange,
  type ServerCapabilities,
  type SymbolInformation,
} from 'vscode-languageserver';
import { type DocumentSymbol, inOneStep, isProgramLanguage, type Span, type SymbolKind } from '../core/index';
import { positions, toOffset, toRange } from './convert';
import type { HandlerContext } from './handlerContext';
import type { Text } from './textVersion';

/**
 * What editors show and walk through of a document's structure. An editor with a JSON service of its own folds
 * brackets already, and would fold each twice.
 */
export function structureCapabilities(editor: 'folds-json' | 'plain'): ServerCapabilities {
  return {
    // Where several have an outline, VS Code puts each under its label.
    documentSymbolProvider: { label: 'IAM Policy' },
    ...(editor === 'plain' ? { foldingRangeProvider: true } : {}),
    selectionRangeProvider: true,
    documentLinkProvider: { resolveProvider: false },
    documentHighlightProvider: true,
  };
}

/** Answers requests for the outline, folding, selection ranges, links and highlights. */
export function registerStructure({ connection, documents, guard, service, client }: HandlerContext): void {
  connection.onDocumentSymbol(
    guard.request(
      'textDocument/documentSymbol',
      [],
      async ({ textDocument }, token): Promise<LspDocumentSymbol[] | SymbolInformation[]> => {
        const found = await documents.workOut(
          textDocument.uri,
          ({ policy, settings }) =>
            settings.features.has('symbols') ? service().documentSymbolSteps(policy) : inOneStep(() => []),
          token,
        );
        if (found === undefined) {
          return [];
        }
        const {
          snapshot: { text },
          value: symbols,
        } = found;
        const kinds = client().symbolKinds === 'all' ? SYMBOL_KINDS : FIRST_SYMBOL_KINDS;
        return client().symbols === 'tree'
          ? toSymbols(text, symbols, kinds, positions(text))
          : symbols.flatMap((symbol) => toSymbolList(text, symbol, kinds, ''));
      },
    ),
  );

  connection.onFoldingRanges(
    guard.request(
      'textDocument/foldingRange',
      [],
      async ({ textDocument }, token): Promise<FoldingRange[]> => {
        const found = await documents.workOut(
          textDocument.uri,
          ({ policy, settings }) =>
            settings.features.has('folding') ? service().foldingSpanSteps(policy) : inOneStep(() => []),
          token,
        );
        return found === undefined ? [] : toFoldingRanges(found.snapshot.text, found.value);
      },
    ),
  );

  connection.onSelectionRanges(
    guard.request(
      'textDocument/selectionRange',
      null,
      async ({ textDocument, positions }, token): Promise<SelectionRange[] | null> => {
        const snapshot = await documents.snapshot(textDocument.uri, token);
        if (
          snapshot === undefined ||
          !snapshot.settings.features.has('selectionRanges') ||
          snapshot.policy.policies.length === 0 ||
          isProgramLanguage(snapshot.policy.language)
        ) {
          return null;
        }
        const { text, policy } = snapshot;
        return positions.map((position) =>
          toSelectionRange(text, service().selectionSpans(policy, toOffset(text, position)), {
            start: position,
            end: position,
          }),
        );
      },
    ),
  );

  connection.onDocumentHighlight(
    guard.request(
      'textDocument/documentHighlight',
      null,
      async ({ textDocument, position }, token): Promise<DocumentHighlight[] | null> => {
        const snapshot = await documents.snapshot(textDocument.uri, token);
        if (snapshot === undefined || !snapshot.settings.features.has('highlights')) {
          return null;
        }
        const { text, policy } = snapshot;
        // Without an answer an editor marks equal words, which an empty answer would prevent.
        const found = service().highlights(policy, toOffset(text, position));
        return (
          found?.map(({ span, role }) => ({
            range: toRange(text, span),
            kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          })) ?? null
        );
      },
    ),
  );

  connection.onDocumentLinks(
    guard.request(
      'textDocument/documentLink',
      [],
      async ({ textDocument }, token): Promise<LspDocumentLink[]> => {
        const found = await documents.workOut(
          textDocument.uri,
          ({ policy, settings }) =>
            settings.features.has('links') ? service().documentLinkSteps(policy) : inOneStep(() => []),
          token,
        );
        return (
          found?.value.map(({ span, target, title }) => ({
            range: toRange(found.snapshot.text, span),
            target,
            tooltip: `AWS documentation on ${title}`,
          })) ?? []
        );
      },
    ),
  );
}

const SYMBOL_KINDS: Readonly<Record<SymbolKind, LspSymbolKind>> = {
  policy: LspSymbolKind.Package,
  statement: LspSymbolKind.Struct,
  principal: LspSymbolKind.Interface,
  action: LspSymbolKind.Function,
  resource: LspSymbolKind.Constant,
  condition: LspSymbolKind.Key,
};

/** The same in the kinds that every client knows. */
const FIRST_SYMBOL_KINDS: typeof SYMBOL_KINDS = {
  ...SYMBOL_KINDS,
  statement: LspSymbolKind.Class,
  condition: LspSymbolKind.Property,
};

/** @param positionAt follows the leaves, which come in the order of the document */
function toSymbols(
  document: Text,
  symbols: readonly DocumentSymbol[],
  kinds: typeof SYMBOL_KINDS,
  positionAt: (offset: number) => Position,
): LspDocumentSymbol[] {
  return symbols.map(({ kind, name, detail, span, selection, children }) => {
    const range =
      children.length === 0
        ? { start: positionAt(span.start), end: positionAt(span.end) }
        : toRange(document, span);
    const symbol: LspDocumentSymbol = {
      kind: kinds[kind],
      name,
      range,
      selectionRange: selection === span ? range : toRange(document, selection),
    };
    if (children.length > 0) {
      symbol.children = toSymbols(document, children, kinds, positionAt);
    }
    if (detail !== '') {
      symbol.detail = detail;
    }
    return symbol;
  });
}

/** For editors that only know a list. */
function toSymbolList(
  document: Text,
  symbol: DocumentSymbol,
  kinds: typeof SYMBOL_KINDS,
  container: string,
): SymbolInformation[] {
  const { kind, name, span, children } = symbol;
  const own: SymbolInformation = {
    kind: kinds[kind],
    name,
    location: { uri: document.uri, range: toRange(document, span) },
    ...(container === '' ? {} : { containerName: container }),
  };
  return [own, ...children.flatMap((child) => toSymbolList(document, child, kinds, name))];
}

/** A range per line, the outermost that begins there; the line of the closing bracket stays in sight. */
function toFoldingRanges(document: Text, spans: readonly Span[]): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  for (const span of spans) {
    const { start, end } = toRange(document, span);
    const endLine = end.line - 1;
    if (endLine > start.line && !ranges.has(start.line)) {
      ranges.set(start.line, { startLine: start.line, endLine });
    }
  }
  return [...ranges.values()];
}

function toSelectionRange(
  document: Text,
  spans: readonly Span[],
  fallback: SelectionRange['range'],
): SelectionRange {
  const chain = spans.reduceRight<SelectionRange | undefined>(
    (parent, span) => ({
      range: toRange(document, span),
      ...(parent === undefined ? {} : { parent }),
    }),
    undefined,
  );
  // The protocol wants a range for each position.
  return chain ?? { range: fallback };
}
