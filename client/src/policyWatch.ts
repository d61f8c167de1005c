import * as vscode from 'vscode';
import { isProgram } from './languages';

/** Runs once: as soon as a document is open that may hold a policy, or that configures how policies are checked. */
export function whenPolicyIsOpen(selector: vscode.DocumentSelector, run: () => unknown): vscode.Disposable {
  const isOurs = (document: vscode.TextDocument): boolean => vscode.languages.match(selector, document) > 0;
  const subscriptions: vscode.Disposable[] = [];
  const end = (): void => {
    for (const subscription of subscriptions.splice(0)) {
      subscription.dispose();
    }
  };
  const look = (isPolicy: boolean): void => {
    if (isPolicy) {
      end();
      run();
    }
  };
  subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) =>
      look(isOurs(document) && mayConcernPolicies(document)),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      look(
        isOurs(document) &&
          (isUnwritten(document) ||
            contentChanges.some((change) => showsPolicy(document, textAround(document, change)))),
      ),
    ),
  );
  look(vscode.workspace.textDocuments.some((document) => isOurs(document) && mayConcernPolicies(document)));
  return new vscode.Disposable(end);
}

/** Whether a document may hold a policy, or configures how policies are checked: a look at its text. */
export function mayConcernPolicies(document: vscode.TextDocument): boolean {
  return (
    document.uri.path.endsWith('/.iam-policy.json') ||
    isUnwritten(document) ||
    showsPolicy(document, document.getText())
  );
}

/** What no policy and no template with one can do without; the server looks closer. */
function showsPolicy({ languageId }: vscode.TextDocument, text: string): boolean {
  return isProgram(languageId)
    ? /PolicyStatement|[Pp]olicy_?[Dd]ocument|\bStatement\b|\bEffect\b/.test(text)
    : /statement|policy_?document|"Version"\s*:\s*"20\d\d-/i.test(text);
}

/** Whether there is nothing, a word, or a brace and perhaps the beginning of a name: this may become a policy. */
export function isUnwritten(document: vscode.TextDocument): boolean {
  return (
    !isProgram(document.languageId) &&
    document.lineCount < 10 &&
    /^\s*(?:[\w-]+\s*|\{\s*(?:(?:"\w*"?|\w+)\s*)?(?:\}\s*)?)?$/.test(document.getText())
  );
}

/** A change, and the line that typing completes; of several changes at once the places may have moved. */
function textAround(
  document: vscode.TextDocument,
  { range, text }: vscode.TextDocumentContentChangeEvent,
): string {
  return `${document.lineAt(document.validatePosition(range.start)).text}\n${text}`;
}
