import * as vscode from 'vscode';
import type { CheckTargetParams } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { plainText } from '../plainText';
import { type Attempt, targetOf } from './attempt';
import { askIdentity, isSigned } from './identity';
import { withProgress } from './progress';
import type { InvalidationSession } from './session';
import { invalidationSettings } from './settings';

const TITLE = vscode.l10n.t('Compare With Known Routes');

/**
 * Tells how the target of an attempt compares with the stages and routes that the workspace knows, and offers to ask AWS.
 * Resolves with the wish to correct the target.
 */
export async function compareWithRoutes(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  by: CheckTargetParams['by'],
): Promise<'correct' | 'leave'> {
  const identity =
    by === 'aws' && !isSigned(attempt.identity)
      ? await askIdentity(context, { last: session.memory.identity(), title: TITLE, purpose: 'manage' })
      : attempt.identity;
  if (identity === undefined) {
    return 'leave';
  }
  const { timeoutSeconds } = invalidationSettings();
  const params = { target: targetOf(attempt), by, identity, timeoutSeconds };
  const result = await withProgress(context, TITLE, (_, token) =>
    request(context, 'iamPolicy/checkTarget', params, token),
  );
  if (result === undefined) {
    return 'leave';
  }
  const correct = vscode.l10n.t('Correct Target…');
  const askAws = vscode.l10n.t('Ask AWS');
  const show = result.fits === 'yes' ? 'showInformationMessage' : 'showWarningMessage';
  const picked = await vscode.window[show](
    plainText(result.findings.join(' ')),
    correct,
    ...(by === 'aws' ? [] : [askAws]),
  );
  if (picked === askAws) {
    return compareWithRoutes(context, session, attempt, 'aws');
  }
  return picked === correct ? 'correct' : 'leave';
}
