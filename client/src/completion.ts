import * as vscode from 'vscode';
import type { CompletionMiddleware } from 'vscode-languageclient';
import { isProgram } from './languages';
import { isUnwritten } from './policyWatch';
import { COMPLETE_AT_STOPS } from './tabStops';

/** By this "trigger character" a request tells itself from the one that it asks in turn. */
const OTHERS_ONLY = 'iam-policy-others-only';

/** What the language server sends with an item behind which there is something to complete. */
const COMPLETE_ON = 'editor.action.triggerSuggest';

/**
 * Completion beside that of other extensions. VS Code shows what all of them propose in one list that nobody can change
 * as a whole, and its own JSON support proposes the bare names and values that occur elsewhere in the document. Ours
 * come first, for they are in the order of what is meant; the name of one that would stand there twice says more.
 */
export const completionMiddleware: CompletionMiddleware = {
  provideCompletionItem: async (document, position, context, token, next) => {
    if (context.triggerCharacter === OTHERS_ONLY) {
      return undefined;
    }
    const [ours, others] = await Promise.all([
      next(document, position, context, token),
      // Nobody else proposes what stands in the text of a program, and its language's support may take long to start.
      isProgram(document.languageId) ? new Set<string>() : proposedByOthers(document, position),
    ]);
    if (ours === undefined || ours === null) {
      return ours;
    }
    const isList = !Array.isArray(ours);
    const items = isList ? ours.items : ours;
    const names = new Set(items.map(nameOf));
    const typed = unquoted(document.getText(document.getWordRangeAtPosition(position)));
    // An empty package.json has a schema, and is to be no policy.
    if (isUnwritten(document) && [...others].some((name) => !names.has(name) && !isOfAnyJson(name, typed))) {
      return undefined;
    }
    for (const item of items) {
      if (others.has(nameOf(item))) {
        rename(item);
      }
      const opensList = item.command?.command === COMPLETE_ON;
      if (opensList || (item.command === undefined && hasChoices(item))) {
        item.command = { title: '', command: COMPLETE_AT_STOPS, arguments: [opensList] };
      }
    }
    return isList ? new vscode.CompletionList(items, ours.isIncomplete ?? false) : items;
  },
};

/** Without a schema, VS Code's JSON proposes a schema, an empty object or list, and the word at the cursor. */
function isOfAnyJson(name: string, typed: string): boolean {
  return name === '$schema' || name === typed || /^(?:[{[]|Empty )/.test(name);
}

/** VS Code opens the list of choices by itself, and goes on to the next place when one is taken. */
function hasChoices({ insertText }: vscode.CompletionItem): boolean {
  return insertText instanceof vscode.SnippetString && /\$\{\d+\|/.test(insertText.value);
}

function rename(item: vscode.CompletionItem): void {
  const name = nameOf(item);
  const { insertText = name, additionalTextEdits = [] } = item;
  const text = typeof insertText === 'string' ? insertText : insertText.value;
  item.filterText ??= name;
  if (unquoted(text) === name && additionalTextEdits.length === 0) {
    item.label = vscode.l10n.t('{0} (used here)', name);
  } else {
    item.label = text.startsWith(`"${name}":`) ? `${name}: …` : `${name}, …`;
  }
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
  // Words of the open documents, which VS Code has where nobody proposes anything, are not shown beside ours.
  const meant = list?.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  return new Set(meant?.map(nameOf));
}

function nameOf({ label }: vscode.CompletionItem): string {
  return unquoted(typeof label === 'string' ? label : label.label);
}

/** Values bear their quotes in the lists of some extensions; ours leave the closing one where it is. */
function unquoted(text: string): string {
  return text.replace(/^"([^"]*)"?$/, '$1');
}
