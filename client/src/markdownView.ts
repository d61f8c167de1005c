import * as vscode from 'vscode';

/** VS Code's own Markdown preview as an editor. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

/** A Markdown text of ours beside the policy, as a read-only document that nothing of is written to disk. */
export interface MarkdownView extends vscode.Disposable {
  set(markdown: string): void;
  /** Opens the text beside the policy without taking the cursor; false when there is none yet. */
  show(): Promise<boolean>;
}

/** @param scheme of the document's address, one per view */
export function createMarkdownView(scheme: string, title: string): MarkdownView {
  const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let current: string | undefined;
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => current ?? '',
  });
  return {
    set: (markdown) => {
      current = markdown;
      changed.fire(uri);
    },
    show: async () => {
      if (current === undefined) {
        return false;
      }
      await showMarkdown(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
      return true;
    },
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** Shows a Markdown document as it is meant to be read. Rejects when there is no such document. */
export async function showMarkdown(
  uri: vscode.Uri,
  place: vscode.TextDocumentShowOptions & { readonly viewColumn: vscode.ViewColumn },
): Promise<void> {
  try {
    await vscode.commands.executeCommand('vscode.openWith', uri, MARKDOWN_PREVIEW, place);
  } catch {
    // The Markdown extension can be switched off; the text reads well enough.
    await vscode.window.showTextDocument(uri, place);
  }
}
