import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { isTyping, REST_MS } from './typing';

/**
 * Asks for the findings of a document that is typed in when typing rests. The library asks at each key, and an answer would
 * mark the first letters of each word as a mistake; those that are there stay until then.
 */
export function findingsAtRest(): { readonly middleware: Middleware } & vscode.Disposable {
  const typedAt = new Map<string, number>();
  const changed = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (isTyping(contentChanges)) {
      typedAt.set(document.uri.toString(), Date.now());
    } else if (contentChanges.length > 0) {
      typedAt.delete(document.uri.toString());
    }
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => typedAt.delete(uri.toString()));
  return {
    middleware: {
      provideDiagnostics: async (document, previousResultId, token, next) => {
        const uri = document instanceof vscode.Uri ? document : document.uri;
        const rest = (typedAt.get(uri.toString()) ?? 0) + REST_MS - Date.now();
        if (rest > 0) {
          await pause(Math.min(rest, REST_MS), token);
        }
        return next(document, previousResultId, token);
      },
    },
    dispose: () => {
      changed.dispose();
      closed.dispose();
    },
  };
}

/** Rejects where it is called off, which the next key does: the library then asks anew. */
function pause(milliseconds: number, token: vscode.CancellationToken): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      cancelled.dispose();
      resolve();
    }, milliseconds);
    const cancelled = token.onCancellationRequested(() => {
      clearTimeout(timer);
      cancelled.dispose();
      reject(new vscode.CancellationError());
    });
  });
}
