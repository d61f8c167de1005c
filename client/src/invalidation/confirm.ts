import * as vscode from 'vscode';
import type { Preflight, PreflightAnswer } from '../../../server/src/protocol/draft';
import type {
  CacheEntry,
  Identity,
  InvalidationPreviewResult,
  InvalidationTarget,
} from '../../../server/src/protocol/invalidation';
import type { StageCacheSummary } from '../../../server/src/protocol/stage';
import { entryLines } from './cacheKeys';
import { expectationOf } from './expectation';
import { credentialsLine, describeIdentity, isSigned } from './identity';
import { type Ahead, isAcrossAccounts } from './lookAhead';
import { overHttpLines } from './overHttp';

/** Everything that a person should know before something is sent. */
export interface Proposal {
  readonly target: InvalidationTarget;
  readonly preview: InvalidationPreviewResult & { readonly url: string };
  readonly identity: Identity;
  readonly preflight: Preflight | undefined;
  /** Which entry is meant, by the workspace. */
  readonly entry: CacheEntry | undefined;
  /** What AWS was asked; absent as long as it was not. */
  readonly ahead: Ahead | undefined;
}

export type Decision = 'send' | 'ask-aws' | 'change' | 'leave';

/**
 * Asks for consent, in one dialog that says what goes where and as whom.
 *
 * @param mayAsk whether asking AWS first may be offered
 */
export async function confirmSending(proposal: Proposal, mayAsk: 'may-ask' | 'knows'): Promise<Decision> {
  const { target, preview, identity, preflight, entry, ahead } = proposal;
  const send = isAcrossAccounts(target, ahead)
    ? vscode.l10n.t('Send Anyway')
    : preview.mayChangeState
      ? vscode.l10n.t('Send {0}', target.method)
      : vscode.l10n.t('Invalidate');
  const decisions: readonly (readonly [label: string, decision: Decision])[] = [
    [send, 'send'],
    ...(mayAsk === 'may-ask' ? [[vscode.l10n.t('Ask AWS First'), 'ask-aws'] as const] : []),
    [vscode.l10n.t('Change…'), 'change'],
  ];
  const detail = [
    `${target.method} ${preview.url}`,
    vscode.l10n.t('Region: {0}', target.region),
    credentialsLine(identity),
    ...(target.headers.length === 0
      ? []
      : [vscode.l10n.t('Headers: {0}', target.headers.map(([name]) => name).join(', '))]),
    ...paragraph(overHttpLines(preview.url, identity)),
    ...paragraph(preview.mayChangeState ? [mayChange(target.method)] : []),
    ...paragraph(entryLines(ahead?.entry ?? entry)),
    ...paragraph(preflightLines(preflight, identity)),
    ...paragraph(aheadLines(target, ahead)),
  ].join('\n');
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Invalidate this cache entry?'),
    { modal: true, detail },
    ...decisions.map(([label]) => label),
  );
  return decisions.find(([label]) => label === picked)?.[1] ?? 'leave';
}

/** What identifies the stage and the caller that one consent is good for. */
export function consentKey({ target, identity }: Pick<Proposal, 'target' | 'identity'>): string {
  const { partition, region, apiId, stage, endpoint, domain } = target;
  return JSON.stringify([partition, region, apiId, stage, endpoint, domain, describeIdentity(identity)]);
}

/** Whether the open policy leaves it open that the invalidation is ignored or refused. */
export function isDoubtful(preflight: Preflight | undefined): boolean {
  return preflight !== undefined && expectationOf(preflight) !== 'obeyed';
}

function mayChange(method: string): string {
  return vscode.l10n.t('A {0} may change something behind the API.', method);
}

function paragraph(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

const ANSWERS: Readonly<Record<PreflightAnswer, string>> = {
  allow: vscode.l10n.t('allowed'),
  deny: vscode.l10n.t('denied'),
  'implicit-deny': vscode.l10n.t('not granted'),
  depends: vscode.l10n.t('depends on what is not known here'),
};

const EXPECTATIONS: Readonly<Record<ReturnType<typeof expectationOf>, string | undefined>> = {
  obeyed: undefined,
  'not-obeyed': vscode.l10n.t('With this policy alone the stage would ignore or refuse the invalidation.'),
  open: vscode.l10n.t(
    'Conditions, or parts that are filled in later, decide whether this policy grants the invalidation.',
  ),
};

function preflightLines(preflight: Preflight | undefined, identity: Identity): readonly string[] {
  if (preflight === undefined || !isSigned(identity)) {
    return [];
  }
  const { invoke, invalidateCache } = preflight;
  const expectation = EXPECTATIONS[expectationOf(preflight)];
  return [
    vscode.l10n.t('According to the open policy:'),
    `  execute-api:InvalidateCache: ${ANSWERS[invalidateCache]}`,
    `  execute-api:Invoke: ${ANSWERS[invoke]}`,
    ...(expectation === undefined ? [] : [expectation]),
  ];
}

function aheadLines(target: InvalidationTarget, ahead: Ahead | undefined): readonly string[] {
  if (ahead === undefined) {
    return [];
  }
  const { caller, stage, problems } = ahead;
  return [
    ...(caller?.arn === undefined ? [] : [vscode.l10n.t('AWS identifies the caller as {0}.', caller.arn)]),
    ...(isAcrossAccounts(target, ahead)
      ? [
          vscode.l10n.t(
            'The API belongs to account {0}: API Gateway does not support invalidation across accounts.',
            target.account ?? '',
          ),
        ]
      : []),
    ...(stage === undefined ? [] : stageLines(stage)),
    ...problems,
  ];
}

function stageLines({ cluster, size, status, request }: StageCacheSummary): readonly string[] {
  const cache = [size === undefined ? undefined : vscode.l10n.t('{0} GB', size), status];
  return [
    cluster === 'off'
      ? vscode.l10n.t('Cache of the stage: off')
      : vscode.l10n.t(
          'Cache of the stage: {0}',
          [vscode.l10n.t('on'), ...cache.filter((part) => part)].join(', '),
        ),
    ...(request?.notes ?? []),
    ...(cluster === 'on' && request?.authorization === 'required' && request.silence === 'told'
      ? [vscode.l10n.t('Callers who may not invalidate are told so.')]
      : []),
  ];
}
