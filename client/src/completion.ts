import * as vscode from 'vscode';
import type { CompletionMiddleware } from 'vscode-languageclient';

/** By this "trigger character" a request tells itself from the one that it asks in turn. */
const OTHERS_ONLY = 'iam-policy-others-only';

/**
 * Completion beside that of other extensions. VS Code shows what all of them propose in one list that nobody can change
 * as a whole, and its own JSON support proposes the bare names and values that occur elsewhere in the document. What
 * ours would only repeat is left out of it; what writes more than the bare word bears a name that says so.
 */
export const completionMiddleware: CompletionMiddleware = {
  provideCompletionItem: async (document, position, context, token, next) => {
    if (context.triggerCharacter === OTHERS_ONLY) {
      return undefined;
    }
    const [ours, others] = await Promise.all([
      next(document, position, context, token),
      proposedByOthers(document, position),
    ]);
    if (ours === undefined || ours === null || others.size === 0) {
      return ours;
    }
    const isList = !Array.isArray(ours);
    const items = (isList ? ours.items : ours).flatMap((item) =>
      others.has(nameOf(item)) ? renamedIfMore(item) : [item],
    );
    return isList ? new vscode.CompletionList(items, ours.isIncomplete ?? false) : items;
  },
};

function renamedIfMore(item: vscode.CompletionItem): readonly vscode.CompletionItem[] {
  const name = nameOf(item);
  const { insertText = name, additionalTextEdits = [] } = item;
  const text = typeof insertText === 'string' ? insertText : insertText.value;
  if (unquoted(text) === name && additionalTextEdits.length === 0) {
    return [];
  }
  item.filterText ??= name;
  item.label = text.startsWith(`"${name}":`) ? `${name}: …` : `${name}, …`;
  return [item];
}

async function proposedByOthers(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<ReadonlySet<string>> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList | undefined>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    OTHERS_ONLY,
  );
  return new Set(list?.items.map(nameOf));
}

function nameOf({ label }: vscode.CompletionItem): string {
  return unquoted(typeof label === 'string' ? label : label.label);
}

/** Values bear their quotes in the lists of some extensions. */
function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}
