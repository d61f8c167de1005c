import {
  type CompletionClientCapabilities,
  CompletionItemKind,
  type CompletionParams,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem as LspCompletionItem,
  type CompletionList as LspCompletionList,
  type Range,
} from 'vscode-languageserver';
import type { CompletionItem, CompletionKind, LanguageService, Span } from '../core/index';
import type { CompletionAbilities, Markup } from './clientAbilities';
import { kindsOf, markupOf, toMarkup, toOffset, toRange, toTextEdits } from './convert';
import type { Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';

/**
 * A quote and a colon begin names, values and the action behind a service; a dollar sign and a brace a variable; a
 * slash goes on with an ARN. No comma and no bare brace: with the list open, the Enter that is to begin a new line
 * would take its first item.
 */
export const COMPLETION_TRIGGERS: readonly string[] = ['"', "'", ':', '$', '{', '/'];

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Method,
  wildcard: CompletionItemKind.Operator,
  operator: CompletionItemKind.Operator,
  key: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  arn: CompletionItemKind.Reference,
  block: CompletionItemKind.Struct,
};

/** The same in the kinds that every client knows. */
const FIRST_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  ...KINDS,
  wildcard: CompletionItemKind.Keyword,
  operator: CompletionItemKind.Keyword,
  block: CompletionItemKind.Class,
};

/** What a client can show of a completion. With `builtInJson` another JSON server completes as well. */
export function completionAbilities(
  capabilities: CompletionClientCapabilities | undefined,
  builtInJson: boolean,
): CompletionAbilities {
  const { completionItem, completionList } = capabilities ?? {};
  return {
    kinds: kindsOf(capabilities?.completionItemKind),
    documentation: markupOf(completionItem?.documentationFormat),
    snippets: completionItem?.snippetSupport === true ? 'supported' : 'plain',
    defaults: completionList?.itemDefaults?.includes('editRange') === true ? 'ranges' : 'none',
    layouts:
      completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true
        ? 'kept'
        : 'untold',
    quotes: builtInJson ? 'taken' : 'left',
  };
}

const NOTHING: LspCompletionList = { isIncomplete: false, items: [] };

/** Registers completion. Lists carry no prose; it comes with the item that is looked at. */
export function registerCompletion(context: HandlerContext): void {
  const { connection, documents, guard, service } = context;

  connection.onCompletion(
    guard.request('textDocument/completion', NOTHING, async (params: CompletionParams, token) => {
      const snapshot = await documents.snapshot(params.textDocument.uri, token);
      return snapshot === undefined ? NOTHING : completionsAt(context, snapshot, params);
    }),
  );

  // Where that fails, the item stays as it is.
  connection.onCompletionResolve((item, token) =>
    guard.request('completionItem/resolve', item, () =>
      documented(item, service(), context.client().completion.documentation),
    )(item, token),
  );
}

function documented(item: LspCompletionItem, service: LanguageService, markup: Markup): LspCompletionItem {
  const key: unknown = item.data;
  const value = typeof key === 'string' ? service.completionDocumentation(key) : undefined;
  return value === undefined ? item : { ...item, documentation: toMarkup(value, markup) };
}

function completionsAt(
  context: HandlerContext,
  snapshot: Snapshot,
  params: CompletionParams,
): LspCompletionList {
  const { text, policy } = snapshot;
  const offset = toOffset(text, params.position);
  if (isBareTrigger(params, policy.text, offset)) {
    return NOTHING;
  }
  const { kinds, snippets, defaults, layouts, quotes } = context.client().completion;
  // The first list does not wait for files to be read; the next has what they tell.
  const knowledge = snapshot.settings.features.has('workspaceKnowledge')
    ? context.knowledge.soFar()
    : undefined;
  const { items, isIncomplete } = context
    .service()
    .completions(policy, offset, { snippets, quotes, knowledge });
  const span = defaults === 'ranges' ? items[0]?.edit.span : undefined;
  const shared = span && { span, range: toRange(text, span) };
  return {
    isIncomplete,
    ...(shared === undefined ? {} : { itemDefaults: { editRange: shared.range } }),
    items: items.map((item) => ({
      label: item.label,
      kind: (kinds === 'all' ? KINDS : FIRST_KINDS)[item.kind],
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      sortText: item.sortText,
      ...(item.filterText === item.label ? {} : { filterText: item.filterText }),
      ...(item.insertFormat === 'snippet' ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      ...(layouts === 'kept' && item.edit.text.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
      ...editOf(item, snapshot, shared),
      ...(item.additionalEdits.length === 0
        ? {}
        : { additionalTextEdits: toTextEdits(text, item.additionalEdits) }),
      ...(item.continues && context.client().commands === 'present' ? { command: COMPLETE_ON } : {}),
      ...(item.documentation === undefined ? {} : { data: item.documentation }),
    })),
  };
}

/** A command of VS Code's own; it needs no title here, since it is never shown. */
const COMPLETE_ON = { title: '', command: 'editor.action.triggerSuggest' };

/** Most items replace the same text: where the client can, that is said once for the whole list. */
function editOf(
  { label, edit }: CompletionItem,
  { text }: Snapshot,
  shared: { readonly span: Span; readonly range: Range } | undefined,
): Pick<LspCompletionItem, 'textEdit' | 'textEditText'> {
  const isShared =
    shared !== undefined && shared.span.start === edit.span.start && shared.span.end === edit.span.end;
  if (!isShared) {
    return { textEdit: { range: toRange(text, edit.span), newText: edit.text } };
  }
  return edit.text === label ? {} : { textEditText: edit.text };
}

/** Whether the list was asked for because of a brace that begins no variable. */
function isBareTrigger({ context }: CompletionParams, text: string, offset: number): boolean {
  return (
    context?.triggerKind === CompletionTriggerKind.TriggerCharacter &&
    context.triggerCharacter === '{' &&
    text.slice(0, offset).at(-2) !== '$'
  );
}
