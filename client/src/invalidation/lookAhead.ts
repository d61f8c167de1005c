import * as vscode from 'vscode';
import type { CacheEntry, Identity, InvalidationTarget } from '../../../server/src/protocol/invalidation';
import type { StageCacheSummary, WhoAmIResult } from '../../../server/src/protocol/stage';
import { type ClientContext, request } from '../context';
import { withProgress } from './progress';
import { invalidationSettings } from './settings';

/** What AWS said before anything is sent to the API. */
export interface Ahead {
  readonly caller?: Pick<WhoAmIResult, 'account' | 'arn'>;
  readonly stage?: StageCacheSummary;
  /** Which entry is meant, where the workspace did not tell. */
  readonly entry?: CacheEntry;
  /** What it did not tell, and why. */
  readonly problems: readonly string[];
}

/** What AWS is asked. */
export interface Asked {
  readonly caller: 'ask' | 'skip';
  readonly stage: 'ask' | 'skip';
}

/** What the settings want AWS to be asked without a word from the user. */
export function askedAlways(): Asked {
  const { identify, readStage } = invalidationSettings();
  return {
    caller: identify === 'always' ? 'ask' : 'skip',
    stage: readStage === 'always' ? 'ask' : 'skip',
  };
}

/** What may be asked when the user wishes. */
export function askedOnDemand(): Asked {
  const { identify, readStage } = invalidationSettings();
  return {
    caller: identify === 'never' ? 'skip' : 'ask',
    stage: readStage === 'never' ? 'skip' : 'ask',
  };
}

/** Whether anything is to be requested from AWS before an invalidation is sent. */
export function asksAnything({ caller, stage }: Asked): boolean {
  return caller === 'ask' || stage === 'ask';
}

/**
 * Asks AWS who signs, how the stage is set, and, with that, what makes an entry, unless it is known. `undefined` when the
 * user cancels.
 */
export async function lookAhead(
  context: ClientContext,
  target: InvalidationTarget,
  identity: Identity,
  asked: Asked,
  known: CacheEntry | undefined,
): Promise<Ahead | undefined> {
  const { timeoutSeconds } = invalidationSettings();
  const { partition, region, apiId, stage, method, path } = target;
  return withProgress(context, vscode.l10n.t('Asking AWS'), async (_, token): Promise<Ahead | undefined> => {
    const common = { identity, timeoutSeconds };
    const [caller, read, keys] = await Promise.all([
      asked.caller === 'skip'
        ? undefined
        : request(context, 'iamPolicy/whoAmI', { partition, region, ...common }, token),
      asked.stage === 'skip'
        ? undefined
        : request(
            context,
            'iamPolicy/stageCache',
            {
              stage: { partition, region, apiId, stage },
              request: { method, path },
              ...common,
            },
            token,
          ),
      asked.stage === 'skip' || known !== undefined
        ? undefined
        : request(context, 'iamPolicy/readCacheKeys', { target, ...common }, token),
    ]);
    if (token.isCancellationRequested) {
      return undefined;
    }
    return {
      ...(caller?.arn === undefined ? {} : { caller }),
      ...(read?.settings === undefined ? {} : { stage: read.settings }),
      ...(keys?.entry === undefined ? {} : { entry: keys.entry }),
      problems: [
        ...(caller === undefined || caller.arn !== undefined
          ? []
          : [vscode.l10n.t('The caller is not known. {0}.', caller.verdict.title)]),
        ...(read === undefined || read.settings !== undefined
          ? []
          : [vscode.l10n.t("The stage's settings are not known. {0}.", read.verdict.title)]),
        ...(keys?.problem === undefined
          ? []
          : [vscode.l10n.t('The cache keys are not known. {0}', keys.problem)]),
      ],
    };
  });
}

/** Whether the caller is certain to be of another account than the API. */
export function isAcrossAccounts({ account }: InvalidationTarget, ahead: Ahead | undefined): boolean {
  const own = ahead?.caller?.account;
  return own !== undefined && account !== undefined && /^\d{12}$/.test(account) && own !== account;
}
