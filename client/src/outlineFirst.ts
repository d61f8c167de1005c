import * as vscode from 'vscode';
import { type BaseLanguageClient, DocumentSymbolRequest } from 'vscode-languageclient';

/** Extensions with an outline of their own for documents of ours, by the languages that start them. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['json', 'vscode.json-language-features'],
  ['jsonc', 'vscode.json-language-features'],
  ['yaml', 'redhat.vscode-yaml'],
]);

/**
 * Keeps our outline before those of others. Of several, VS Code shows that first which was registered last; ours is
 * registered once more when another extension has come with a language. The breadcrumbs stay with what was there first in
 * an editor, which nobody can change.
 *
 * @param client running: what it registers by itself is there
 */
export function putOutlineFirst(
  client: BaseLanguageClient,
  selector: readonly { readonly scheme: string; readonly language: string }[],
): vscode.Disposable {
  const seen = new Set<string>();
  const look = async ({ languageId }: vscode.TextDocument): Promise<void> => {
    const other = OTHERS.get(languageId);
    if (other === undefined || seen.has(other) || !client.isRunning()) {
      return;
    }
    seen.add(other);
    try {
      // The language starts it anyway; here it is only waited for.
      await vscode.extensions.getExtension(other)?.activate();
    } catch {
      // One that does not start has no outline.
      return;
    }
    if (client.isRunning()) {
      const feature = client.getFeature(DocumentSymbolRequest.method);
      feature.clear();
      feature.register({
        id: 'iamPolicy.outline',
        registerOptions: { documentSelector: [...selector], ...LABEL },
      });
    }
  };
  for (const document of vscode.workspace.textDocuments) {
    void look(document);
  }
  return vscode.workspace.onDidOpenTextDocument(look);
}

/** What VS Code calls the outline where there are several. */
const LABEL = { label: 'IAM Policy' };
