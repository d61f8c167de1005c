import * as vscode from 'vscode';
import type {
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
} from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { apiKeyOf } from './apiKey';
import type { Attempt } from './attempt';
import { bearerFor } from './bearer';
import { whileTold, withProgress } from './progress';
import { TITLE } from './questions';
import { invalidationSettings } from './settings';

/** Sends an invalidation and shows how far it is; `undefined` when the server gave no result. */
export async function sendOne(
  context: ClientContext,
  { identity, checks }: Pick<Attempt, 'identity' | 'checks'>,
  target: InvalidationTarget,
): Promise<InvalidateResult | undefined> {
  const { timeoutSeconds } = invalidationSettings();
  const apiKey = await apiKeyOf(context, target);
  const token = await bearerFor(context, identity, target, TITLE);
  if (token === 'left') {
    return undefined;
  }
  const secrets = { ...token, ...(apiKey === undefined ? {} : { apiKey }) };
  return withProgress(
    context,
    vscode.l10n.t('Invalidating {0} /{1}', target.method, target.path),
    (progress, token) =>
      whileTold(
        context,
        'iamPolicy/invalidateProgress',
        ({ step }) => progress.report({ message: STEPS[step] }),
        (id) => {
          const params = { id, target, identity, checks, timeoutSeconds, ...secrets };
          return request(context, 'iamPolicy/invalidate', params, token);
        },
      ),
  );
}

const STEPS: Readonly<Record<InvalidateProgress['step'], string>> = {
  credentials: vscode.l10n.t('looking for credentials'),
  signing: vscode.l10n.t('signing'),
  sending: vscode.l10n.t('waiting for the answer'),
  waiting: vscode.l10n.t('waiting before a second try'),
  judging: vscode.l10n.t('reading the answer'),
};
