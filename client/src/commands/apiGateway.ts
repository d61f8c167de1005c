import * as vscode from 'vscode';
import type { InvalidateManyResult } from '../../../server/src/protocol/invalidation';
import type { StageCacheResult } from '../../../server/src/protocol/stage';
import type { ClientContext } from '../context';
import { askApiKey } from '../invalidation/apiKey';
import { type CurlArguments, copyAsCurl } from '../invalidation/curl';
import { watchDefinitions } from '../invalidation/definitionWatch';
import {
  type InvalidateCacheArguments,
  type InvalidateCacheOutcome,
  invalidateCache,
  repeatKept,
  repeatLast,
  takeKeptStep,
} from '../invalidation/flow';
import { pickFromHistory } from '../invalidation/history';
import { createSession } from '../invalidation/session';
import { type InvalidateRoutesArguments, invalidateRoutes } from '../invalidation/several';
import {
  askStage,
  type FlushArguments,
  flushStageCache,
  type StageArguments,
  showStageCache,
} from '../invalidation/stage';

/** Each resolves with what came of it, so that a keybinding, a task or a test can go on from there. */
export function registerApiGateway(context: ClientContext): vscode.Disposable {
  const session = createSession(context);
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    session,
    watchDefinitions(),
    registerCommand(
      'apiGateway.invalidateCache',
      (args?: InvalidateCacheArguments): Promise<InvalidateCacheOutcome> =>
        invalidateCache(context, session, args ?? {}),
    ),
    registerCommand(
      'apiGateway.invalidateRoutes',
      (args?: InvalidateRoutesArguments): Promise<InvalidateManyResult | undefined> =>
        invalidateRoutes(context, session, args ?? {}),
    ),
    registerCommand('apiGateway.repeatLastInvalidation', () => repeatLast(context, session)),
    registerCommand('apiGateway.invalidationHistory', async () => {
      if (session.memory.history().length === 0) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Nothing has been invalidated from this workspace yet.'),
        );
        return undefined;
      }
      const choice = await pickFromHistory(session);
      return choice?.step === undefined
        ? choice && repeatKept(context, session, choice.kept)
        : takeKeptStep(context, session, choice.kept, choice.step);
    }),
    registerCommand(
      'apiGateway.showStageCacheSettings',
      (args?: StageArguments): Promise<StageCacheResult | undefined> =>
        showStageCache(context, session, args ?? {}),
    ),
    registerCommand(
      'apiGateway.showCacheMetrics',
      (args?: StageArguments): Promise<StageCacheResult | undefined> =>
        showStageCache(context, session, { ...args, metrics: 'read' }),
    ),
    registerCommand('apiGateway.flushStageCache', (args?: FlushArguments) =>
      flushStageCache(context, session, args ?? {}),
    ),
    registerCommand('apiGateway.copyAsCurl', (args?: CurlArguments) =>
      copyAsCurl(context, session, args ?? {}),
    ),
    registerCommand('apiGateway.setApiKey', async (args?: StageArguments) => {
      const title = vscode.l10n.t('API Gateway: Enter or Forget API Key');
      const stage = await askStage(context, session, args ?? {}, title);
      if (stage !== undefined) {
        await askApiKey(context, stage, title);
      }
    }),
    registerCommand('apiGateway.showLastReport', async () => {
      if (!session.reports.show()) {
        await vscode.window.showInformationMessage(
          vscode.l10n.t('Nothing has been invalidated in this window yet.'),
        );
      }
    }),
  );
}
