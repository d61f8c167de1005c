import * as vscode from 'vscode';
import type { Notifications } from '../../../server/src/protocol/messages';
import type { ClientContext } from '../context';

export type Progress = Parameters<Parameters<typeof vscode.window.withProgress>[1]>[0];

/**
 * What is answered within this time (in ms) shows no progress: it would only flash up. It would also cost the verdict its
 * place: VS Code leaves out a fourth toast within 800 ms, so that invalidating twice in a row would hide the second one.
 */
const SHOWN_AFTER = 500;

/** Runs a request to the server with a notification that can cancel it; `undefined` when there was no result. */
export async function withProgress<T>(
  { output }: Pick<ClientContext, 'output'>,
  title: string,
  run: (progress: Progress, token: vscode.CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  let shown: Progress | undefined;
  const waiting: Parameters<Progress['report']>[0][] = [];
  const progress: Progress = {
    report: (update) => (shown === undefined ? waiting.push(update) : shown.report(update)),
  };
  const result = run(progress, cancellation.token).catch((error: unknown) => {
    if (!cancellation.token.isCancellationRequested) {
      output.error(`${title}: no result: ${error}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The language server gave no result. It is not known whether a request was sent.'),
      );
    }
    return undefined;
  });
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const timer = setTimeout(() => {
    void vscode.window.withProgress(options, (notification, token) => {
      token.onCancellationRequested(() => cancellation.cancel());
      shown = notification;
      for (const update of waiting) {
        notification.report(update);
      }
      return result;
    });
  }, SHOWN_AFTER);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
  }
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
