import * as vscode from 'vscode';
import type {
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
  Notifications,
} from '../../../server/src/protocol/messages';
import { type ClientContext, request } from '../context';
import { apiKeyOf } from './apiKey';
import type { Attempt } from './attempt';
import { invalidationSettings } from './settings';

/** Sends an invalidation and shows how far it is; `undefined` when the server gave no result. */
export async function sendWithProgress(
  context: ClientContext,
  { identity, checks }: Pick<Attempt, 'identity' | 'checks'>,
  target: InvalidationTarget,
): Promise<InvalidateResult | undefined> {
  const id = newId();
  const { timeoutSeconds } = invalidationSettings();
  const apiKey = await apiKeyOf(context, target);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Invalidating {0} /{1}', target.method, target.path),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const method: keyof Notifications = 'iamPolicy/invalidateProgress';
    const listener = context.client.onNotification(method, (update: InvalidateProgress) => {
      if (update.id === id) {
        progress.report({ message: STEPS[update.step] });
      }
    });
    try {
      const key = apiKey === undefined ? {} : { apiKey };
      const params = { id, target, identity, checks, timeoutSeconds, ...key };
      return await request(context, 'iamPolicy/invalidate', params, token);
    } catch (error) {
      tellNoResult(context, error);
      return undefined;
    } finally {
      listener.dispose();
    }
  });
}

/** Identifies a request for its progress. */
export function newId(): string {
  return `${Date.now()}-${Math.random()}`;
}

/** For a server that failed under way: nobody can say whether anything was sent. */
export function tellNoResult({ output }: Pick<ClientContext, 'output'>, error: unknown): void {
  output.error(`The invalidation has no result: ${error}`);
  void vscode.window.showErrorMessage(
    vscode.l10n.t('The language server gave no result. Whether anything was sent cannot be told.'),
  );
}

const STEPS: Readonly<Record<InvalidateProgress['step'], string>> = {
  credentials: vscode.l10n.t('looking for credentials'),
  signing: vscode.l10n.t('signing'),
  sending: vscode.l10n.t('waiting for the answer'),
  waiting: vscode.l10n.t('waiting before a second try'),
  judging: vscode.l10n.t('reading the answer'),
};
