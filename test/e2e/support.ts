import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { limit } from '../support/patience';

/** The extension under test, found by the name in package.json. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.all.find((each) => each.packageJSON.name === 'iam-policy-tools');
  assert.ok(found, 'the extension is not installed in this VS Code');
  return found;
}

/** Resolves when the extension has been activated by itself, as it would be for a user. */
export async function waitForActivation(): Promise<void> {
  // VS Code has no event for an activation.
  await until(
    () => extension().isActive || undefined,
    (check) => poll(check),
    () => 'the extension was not activated',
  );
}

/** Opens a file of the workspace, named relative to it, and shows it. With a text, the file is written first. */
export async function openDocument(name: string, text?: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  if (text !== undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

let opened = 0;

/**
 * Opens an unsaved document with this text and shows it. Each has a name of its own: VS Code would call each new one
 * Untitled-1, and its pull of diagnostics drops a document that opens under a name whose last answer is outstanding.
 */
export async function openText(text: string, language: 'json' | 'jsonc'): Promise<vscode.TextDocument> {
  opened += 1;
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `policy-${opened}.${language}` });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
  return document;
}

/**
 * Resolves with the extension's findings on a document as soon as the predicate holds for them; findings of
 * other extensions are left out. Rejects with the findings that were there when it never does.
 */
export function waitForDiagnostics(
  uri: vscode.Uri,
  predicate: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const current = () => vscode.languages.getDiagnostics(uri).filter((each) => each.source === 'iam-policy');
  return until(
    () => {
      const found = current();
      return predicate(found) ? found : undefined;
    },
    (check) => vscode.languages.onDidChangeDiagnostics(check),
    () => `findings on ${uri.path}: ${JSON.stringify(current().map(describeDiagnostic), undefined, 2)}`,
  );
}

/** The rule id of a finding, whether its code is plain or comes with a link. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Resolves when the document's text satisfies the predicate, for instance after a command has edited it. */
export function waitForText(
  document: vscode.TextDocument,
  predicate: (text: string) => boolean,
): Promise<string> {
  return until(
    () => (predicate(document.getText()) ? document.getText() : undefined),
    (check) => vscode.workspace.onDidChangeTextDocument(check),
    () => `text of ${document.uri.path}:\n${document.getText()}`,
  );
}

/** What VS Code and its extensions say about the text at a place, joined by line breaks. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Types at the cursor, as a person at the keyboard would, and closes the quotes that VS Code closes. */
export async function type(text: string): Promise<void> {
  for (const character of text) {
    await vscode.commands.executeCommand('type', { text: character });
  }
}

/**
 * Opens the list of suggestions at the cursor and takes the first that fits what is typed. Rejects with the text if
 * nothing comes of it.
 */
export async function acceptSuggestion(document: vscode.TextDocument): Promise<string> {
  const before = document.getText();
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  // VS Code has no event for the list; without a list the command does nothing.
  return until(
    () => (document.getText() === before ? undefined : document.getText()),
    (check) =>
      vscode.Disposable.from(
        vscode.workspace.onDidChangeTextDocument(check),
        poll(() => {
          if (document.getText() === before) {
            void vscode.commands.executeCommand('acceptSelectedSuggestion');
          }
        }),
      ),
    () => `text of ${document.uri.path}:\n${document.getText()}`,
  );
}

/** The position of the first occurrence of `text`, plus `offset` UTF-16 units. Fails when it is absent. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  assert.notEqual(index, -1, `${JSON.stringify(text)} does not occur in ${document.uri.path}`);
  return document.positionAt(index + offset);
}

/** Closes every editor and drops unsaved changes. */
export async function closeEverything(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Resolves with the first value that `look` returns, looking now and after each event. Rejects with
 * what `state` says after a time that would be long even for this machine.
 */
async function until<T>(
  look: () => T | undefined,
  subscribe: (check: () => void) => vscode.Disposable,
  state: () => string,
): Promise<T> {
  const now = look();
  if (now !== undefined) return now;
  const patience = limit(20_000);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`Not within ${patience} ms; ${state()}`));
    }, patience);
    const subscription = subscribe(() => {
      const value = look();
      if (value === undefined) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(value);
    });
  });
}

/** For the few states of VS Code that change without an event. */
function poll(check: () => void): vscode.Disposable {
  const timer = setInterval(check, 50);
  return new vscode.Disposable(() => clearInterval(timer));
}

function describeDiagnostic(diagnostic: vscode.Diagnostic): string {
  const { line, character } = diagnostic.range.start;
  return `${line + 1}:${character + 1} ${ruleOf(diagnostic)}: ${diagnostic.message}`;
}

/** Resolves with the tab of this name once it is there: VS Code tells extensions of a webview's tab a moment later. */
export function waitForTab(
  name: string,
  predicate: (tab: vscode.Tab) => boolean = () => true,
): Promise<vscode.Tab> {
  const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return until(
    () => tabs().find((tab) => tab.label === name && predicate(tab)),
    (check) => {
      const { tabGroups } = vscode.window;
      return vscode.Disposable.from(tabGroups.onDidChangeTabs(check), tabGroups.onDidChangeTabGroups(check));
    },
    () => `tabs: ${tabs().map(({ label, group }) => `${label} in ${group.viewColumn}`)}`,
  );
}
