import * as vscode from 'vscode';
import type { Notifications } from '../../../server/src/protocol/messages';
import type { ClientContext } from '../context';

export type Progress = Parameters<Parameters<typeof vscode.window.withProgress>[1]>[0];

/** Runs a request to the server with a notification that can cancel it; `undefined` when there was no result. */
export async function withProgress<T>(
  { output }: Pick<ClientContext, 'output'>,
  title: string,
  run: (progress: Progress, token: vscode.CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    try {
      return await run(progress, token);
    } catch (error) {
      if (!token.isCancellationRequested) {
        output.error(`${title}: there is no result: ${error}`);
        void vscode.window.showErrorMessage(
          vscode.l10n.t('The language server gave no result. Whether anything was sent cannot be told.'),
        );
      }
      return undefined;
    }
  });
}

/** Runs a request under an id that its progress carries, and passes that progress on. */
export async function whileTold<M extends keyof Notifications, T>(
  { client }: Pick<ClientContext, 'client'>,
  method: M,
  told: (update: Notifications[M]) => void,
  run: (id: string) => Promise<T>,
): Promise<T> {
  const id = `${Date.now()}-${Math.random()}`;
  const listener = client.onNotification(method, (update: Notifications[M]) => {
    if (update.id === id) {
      told(update);
    }
  });
  try {
    return await run(id);
  } finally {
    listener.dispose();
  }
}
