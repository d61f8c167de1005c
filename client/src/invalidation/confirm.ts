import * as vscode from 'vscode';
import type {
  Identity,
  InvalidationPreviewResult,
  InvalidationTarget,
  Preflight,
  PreflightAnswer,
} from '../../../server/src/protocol/messages';
import { describeIdentity } from './questions';

/** Everything that a person should know before something is sent. */
export interface Proposal {
  readonly target: InvalidationTarget;
  readonly preview: InvalidationPreviewResult & { readonly url: string };
  readonly identity: Identity;
  readonly preflight: Preflight | undefined;
}

export type Decision = 'send' | 'change' | 'leave';

/** Asks for consent, in one dialog that says what goes where and as whom. */
export async function confirmSending(proposal: Proposal): Promise<Decision> {
  const { target, preview, identity, preflight } = proposal;
  const send = preview.mayChangeState
    ? vscode.l10n.t('Send {0}', target.method)
    : vscode.l10n.t('Invalidate');
  const change = vscode.l10n.t('Change…');
  const detail = [
    `${target.method} ${preview.url}`,
    vscode.l10n.t('Region: {0}', target.region),
    vscode.l10n.t('Signed as: {0}', describeIdentity(identity)),
    ...(target.headers.length === 0
      ? []
      : [vscode.l10n.t('Headers: {0}', target.headers.map(([name]) => name).join(', '))]),
    ...preflightLines(preflight, identity),
    ...(preview.mayChangeState
      ? [vscode.l10n.t('A {0} may change something behind the API.', target.method)]
      : []),
  ].join('\n');
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Have API Gateway fetch this entry of its cache anew?'),
    { modal: true, detail },
    send,
    change,
  );
  return picked === send ? 'send' : picked === change ? 'change' : 'leave';
}

/** What identifies the stage and the caller that one consent is good for. */
export function consentKey({ target, identity }: Pick<Proposal, 'target' | 'identity'>): string {
  const { partition, region, apiId, stage, endpoint } = target;
  return JSON.stringify([partition, region, apiId, stage, endpoint, describeIdentity(identity)]);
}

/** Whether the open policy gives reason to expect that the invalidation is ignored or refused. */
export function isDoubtful(preflight: Preflight | undefined): boolean {
  return preflight !== undefined && preflight.invalidateCache !== 'allow';
}

const ANSWERS: Readonly<Record<PreflightAnswer, string>> = {
  allow: vscode.l10n.t('allowed'),
  deny: vscode.l10n.t('denied'),
  'implicit-deny': vscode.l10n.t('not granted'),
  depends: vscode.l10n.t('allowed under conditions'),
};

function preflightLines(preflight: Preflight | undefined, identity: Identity): readonly string[] {
  if (preflight === undefined || identity.kind === 'unsigned') {
    return [];
  }
  const { invoke, invalidateCache } = preflight;
  return [
    '',
    vscode.l10n.t('By the policy that is open here:'),
    `  execute-api:InvalidateCache: ${ANSWERS[invalidateCache]}`,
    `  execute-api:Invoke: ${ANSWERS[invoke]}`,
    ...(isDoubtful(preflight)
      ? [vscode.l10n.t('With this policy alone the stage would ignore or refuse the invalidation.')]
      : []),
  ];
}
