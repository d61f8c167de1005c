import { LSPErrorCodes, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { toOffset, toRange, toWorkspaceEdit } from './convert';
import type { HandlerContext } from './handlerContext';

/** Renames Sids. If that is not possible, the response says why, and editors show it. */
export function registerRename({ connection, documents, guard, service, client }: HandlerContext): void {
  connection.onPrepareRename(
    guard.request(
      'textDocument/prepareRename',
      null,
      async ({ textDocument, position }): Promise<{ range: Range; placeholder: string } | null> => {
        const snapshot = await documents.snapshot(textDocument.uri);
        if (snapshot === undefined) {
          return null;
        }
        const { text, policy } = snapshot;
        const found = service().renamableAt(policy, toOffset(text, position));
        return found === undefined ? null : { range: toRange(text, found.span), placeholder: found.name };
      },
    ),
  );

  connection.onRenameRequest(
    guard.request(
      'textDocument/rename',
      null,
      async ({ textDocument, position, newName }): Promise<WorkspaceEdit | ResponseError<void> | null> => {
        const snapshot = await documents.snapshot(textDocument.uri);
        if (snapshot === undefined) {
          return null;
        }
        const { text, policy } = snapshot;
        const renaming = service().renameSid(policy, toOffset(text, position), newName);
        return 'problem' in renaming
          ? new ResponseError(LSPErrorCodes.RequestFailed, renaming.problem)
          : toWorkspaceEdit(text, renaming.edits, client().editForm);
      },
    ),
  );
}
