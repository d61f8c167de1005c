import * as vscode from 'vscode';
import { showMarkdown } from '../preview';

const SCHEME = 'iam-policy-report';

/** The report of the last invalidation, as a read-only document that nothing of is written to disk. */
export interface Reports extends vscode.Disposable {
  set(markdown: string): void;
  /** Opens the report beside the policy without taking the cursor; false when there is none yet. */
  show(): Promise<boolean>;
}

export function createReports(): Reports {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: '/API Gateway Invalidation.md' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let current: string | undefined;
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
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
