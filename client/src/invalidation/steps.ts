import * as vscode from 'vscode';
import type { ClientContext } from '../context';
import {
  type Attempt,
  type Change,
  changeApiKey,
  changeIdentity,
  changeRegion,
  changeTarget,
  changeToken,
  refreshed,
  targetOf,
} from './attempt';
import { compareWithRoutes } from './compareRoutes';
import { offerLogin } from './identity';
import type { InvalidationSession } from './session';
import { flushStageCache, showStageCache } from './stage';
import type { NextStepActions } from './verdict';

/** What can be done about the verdict on an attempt. */
export function nextSteps(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  send: (attempt: Attempt) => Promise<unknown>,
): NextStepActions {
  const after = (change: Change) => async (): Promise<void> => {
    const changed = await change(context, attempt);
    if (changed !== undefined) {
      await send(changed);
    }
  };
  const again = (checks: Attempt['checks']) => () =>
    send({ ...attempt, checks: { ...attempt.checks, ...checks } });
  const { identity } = attempt;
  const { method, path, ...stage } = targetOf(attempt);
  const place = { stage, request: { method, path }, identity };
  return {
    retry: again({}),
    'send-anyway': again({ acrossAccounts: 'send' }),
    'compare-plain-request': again({ proof: 'read-before-and-after' }),
    'choose-profile': after(changeIdentity),
    'sign-request': after(changeIdentity),
    'check-path': after(changeTarget),
    'check-routes': async () => {
      if ((await compareWithRoutes(context, session, attempt, 'workspace')) === 'correct') {
        await after(changeTarget)();
      }
    },
    'correct-region': after(changeRegion),
    'enter-api-key': after(changeApiKey),
    'enter-token': after(changeToken),
    'check-endpoint': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', 'iamPolicy.invalidation.endpoint'),
    'log-in-again': async (verdict) => {
      if ((await offerLogin(context, identity, verdict)) === 'try-again') {
        await send(attempt);
      }
    },
    'insert-statement': async () => {
      if ((await insertStatement(attempt)) === 'try-again') {
        await send(await refreshed(context, attempt));
      }
    },
    'show-stage-settings': () => showStageCache(context, session, place),
    'flush-stage': () => flushStageCache(context, session, place),
  };
}

/** Inserts the statement into the policy that the attempt came from. What AWS has is another matter. */
async function insertStatement({ source }: Attempt): Promise<'try-again' | 'leave'> {
  const isInserted = await vscode.commands.executeCommand<boolean>(
    'iamPolicy.insertInvalidateCacheStatement',
    source,
  );
  if (!isInserted) {
    return 'leave';
  }
  const again = vscode.l10n.t('Try Again');
  const picked = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The statement is in the policy. Once the policy is saved and the caller has it, try again.',
    ),
    again,
  );
  return picked === again ? 'try-again' : 'leave';
}
