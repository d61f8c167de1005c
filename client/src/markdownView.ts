import * as vscode from 'vscode';

/** VS Code's own Markdown preview as an editor. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

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
