import * as vscode from 'vscode';
import type {
  Identity,
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
  Notifications,
  Pair,
  TextPosition,
} from '../../../server/src/protocol/messages';
import { type ClientContext, request } from '../context';
import {
  type Attempt,
  apiKeyName,
  change,
  changeApiKey,
  changeIdentity,
  changeTarget,
  type Source,
} from './attempt';
import { confirmSending, consentKey, isDoubtful, type Proposal } from './confirm';
import type { Answers, Memory } from './memory';
import { askArn, askIdentity, askParts, describeIdentity, toTarget } from './questions';
import type { Reports } from './report';
import { invalidationSettings } from './settings';
import { type NextStepActions, tellVerdict } from './verdict';

/** The commands' memory of this window. */
export interface InvalidationSession {
  readonly memory: Memory;
  readonly reports: Reports;
  /** The stages and callers that sending was agreed to for, as `consentKey` writes them. */
  readonly consents: Set<string>;
}

/** An answer to every question that the command would ask; what is left out is asked. */
export interface InvalidateCacheArguments {
  /** Where the ARN stands; the cursor of the active editor when left out. */
  readonly uri?: string;
  readonly position?: TextPosition;
  /** An execute-api ARN in place of one in a document. */
  readonly arn?: string;
  /** Values for parts of the ARN; they also replace what the ARN says. */
  readonly answers?: Answers;
  readonly query?: readonly Pair[];
  readonly headers?: readonly Pair[];
  readonly identity?: Identity;
  /** Spares the confirmation, and only where the request stays on this machine. */
  readonly confirmed?: true;
}

/** What the command returns; nothing when it was left before anything was sent. */
export type InvalidateCacheOutcome = InvalidateResult | undefined;

/** The whole way from an ARN to a verdict. Nothing is sent without consent, or from a workspace without trust. */
export async function invalidateCache(
  context: ClientContext,
  session: InvalidationSession,
  args: InvalidateCacheArguments,
): Promise<InvalidateCacheOutcome> {
  if (!vscode.workspace.isTrusted) {
    void refuseWithoutTrust();
    return undefined;
  }
  const found = await findDraft(context, session, args);
  if (found === undefined) {
    return undefined;
  }
  const { draft } = found;
  if (draft.refusal !== undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Nothing can be invalidated with this ARN: {0}', draft.refusal),
    );
    return undefined;
  }
  const proposals = session.memory.answers(draft.arn);
  const missing = draft.open.filter((part) => args.answers?.[part] === undefined);
  const asked = await askParts(context, draft, missing, { ...proposals, ...args.answers });
  if (asked === undefined) {
    return undefined;
  }
  const identity = args.identity ?? (await chooseIdentity(context, session));
  if (identity === undefined) {
    return undefined;
  }
  return send(context, session, {
    ...found,
    answers: { ...asked, ...args.answers },
    query: args.query ?? [],
    headers: args.headers ?? [],
    identity,
    consent: args.confirmed === true ? 'given-for-loopback' : 'ask',
  });
}

async function refuseWithoutTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const picked = await vscode.window.showErrorMessage(
    vscode.l10n.t('Nothing is sent from a workspace that is not trusted.'),
    manage,
  );
  if (picked === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

async function findDraft(
  context: ClientContext,
  { memory }: InvalidationSession,
  args: InvalidateCacheArguments,
): Promise<Pick<Attempt, 'draft' | 'source'> | undefined> {
  const source = args.arn === undefined ? sourceOf(context, args) : undefined;
  if (source !== undefined) {
    const { draft } = await request(context, 'iamPolicy/invalidationDraft', source);
    if (draft !== undefined) {
      return { draft, source };
    }
  }
  const arn = args.arn ?? (await askArn(memory.lastArn()));
  if (arn === undefined || arn.trim() === '') {
    return undefined;
  }
  const { draft } = await request(context, 'iamPolicy/invalidationDraft', { arn: arn.trim() });
  return draft === undefined ? undefined : { draft, source: undefined };
}

function sourceOf(context: ClientContext, { uri, position }: InvalidateCacheArguments): Source | undefined {
  const editor = vscode.window.activeTextEditor;
  if (uri !== undefined) {
    return { uri, position: position ?? { line: 0, character: 0 } };
  }
  return editor === undefined
    ? undefined
    : {
        uri: context.client.code2ProtocolConverter.asUri(editor.document.uri),
        position: position ?? editor.selection.active,
      };
}

async function chooseIdentity(
  context: ClientContext,
  { memory }: InvalidationSession,
): Promise<Identity | undefined> {
  const { profile } = invalidationSettings();
  return profile === '' ? askIdentity(context, memory.identity()) : { kind: 'profile', name: profile };
}

async function send(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
): Promise<InvalidateCacheOutcome> {
  const { draft, identity } = attempt;
  const { endpoint, timeoutSeconds } = invalidationSettings();
  const target = toTarget(draft, attempt.answers, {
    query: attempt.query,
    headers: attempt.headers,
    ...(endpoint === '' ? {} : { endpoint }),
  });
  const preview = await request(context, 'iamPolicy/invalidationPreview', { target });
  if (preview.url === undefined) {
    void correct(context, session, attempt, preview.problems.map(({ message }) => message).join(' '));
    return undefined;
  }
  const proposal: Proposal = {
    target,
    preview: { ...preview, url: preview.url },
    identity,
    preflight: draft.preflight,
  };
  if (needsConsent(session, attempt, proposal)) {
    const decision = await confirmSending(proposal);
    if (decision === 'change') {
      const changed = await change(context, attempt);
      return changed === undefined ? undefined : send(context, session, changed);
    }
    if (decision === 'leave') {
      return undefined;
    }
    session.consents.add(consentKey(proposal));
  }
  await session.memory.remember(draft.arn, attempt.answers, identity);
  const result = await sendWithProgress(context, target, identity, timeoutSeconds);
  if (result !== undefined) {
    finish(context, session, attempt, target, result);
  }
  return result;
}

/** Consent holds for a stage and a caller, but never for what may change something or will hardly work. */
function needsConsent(session: InvalidationSession, { consent }: Attempt, proposal: Proposal): boolean {
  if (consent === 'given-for-loopback' && isLoopback(proposal.preview.url)) {
    return false;
  }
  return (
    proposal.preview.mayChangeState ||
    isDoubtful(proposal.preflight) ||
    invalidationSettings().confirm === 'always' ||
    !session.consents.has(consentKey(proposal))
  );
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}

async function sendWithProgress(
  context: ClientContext,
  target: InvalidationTarget,
  identity: Identity,
  timeoutSeconds: number,
): Promise<InvalidateCacheOutcome> {
  const id = `${Date.now()}-${Math.random()}`;
  const apiKey = await context.extension.secrets.get(apiKeyName(target));
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
      const params = { id, target, identity, timeoutSeconds, ...(apiKey === undefined ? {} : { apiKey }) };
      return await request(context, 'iamPolicy/invalidate', params, token);
    } catch (error) {
      context.output.error(`The invalidation has no result: ${error}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The language server gave no result. Whether anything was sent cannot be told.'),
      );
      return undefined;
    } finally {
      listener.dispose();
    }
  });
}

const STEPS: Readonly<Record<InvalidateProgress['step'], string>> = {
  credentials: vscode.l10n.t('looking for credentials'),
  signing: vscode.l10n.t('signing'),
  sending: vscode.l10n.t('waiting for the answer'),
  waiting: vscode.l10n.t('waiting before a second try'),
  judging: vscode.l10n.t('reading the answer'),
};

function finish(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  { method, apiId, region, stage, path }: InvalidationTarget,
  { verdict, report }: InvalidateResult,
): void {
  // Without the query string, which may carry what should not be in a log.
  context.output.info(
    `Invalidation of ${method} ${apiId}/${stage}/${path} in ${region}, ${describeIdentity(attempt.identity)}: ${verdict.kind} (${verdict.reason}). ${verdict.title}`,
  );
  session.reports.set(report);
  void session.reports.show();
  // The buttons may be answered much later; the command is done.
  void tellVerdict(verdict, nextSteps(context, session, attempt), session.reports);
}

function nextSteps(context: ClientContext, session: InvalidationSession, attempt: Attempt): NextStepActions {
  const again = async (next: Promise<Attempt | undefined>): Promise<void> => {
    const changed = await next;
    if (changed !== undefined) {
      await send(context, session, changed);
    }
  };
  const { identity } = attempt;
  return {
    retry: () => again(Promise.resolve(attempt)),
    'choose-profile': () => again(changeIdentity(context, attempt)),
    'sign-request': () => again(changeIdentity(context, attempt)),
    'check-path': () => again(changeTarget(context, attempt)),
    'correct-region': () => again(changeTarget(context, attempt)),
    'enter-api-key': () => again(changeApiKey(context, attempt)),
    'insert-statement': () =>
      vscode.commands.executeCommand('iamPolicy.insertInvalidateCacheStatement', attempt.source),
    'check-endpoint': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', 'iamPolicy.invalidation.endpoint'),
    ...(identity.kind === 'profile' ? { 'log-in-again': () => offerLogin(identity.name) } : {}),
  };
}

/** Types the login into a terminal and leaves it to the user to run it. */
async function offerLogin(profile: string): Promise<void> {
  const terminal = vscode.window.createTerminal(vscode.l10n.t('AWS Login'));
  terminal.show();
  const name = /^[\w.@+-]+$/.test(profile) ? profile : JSON.stringify(profile);
  terminal.sendText(`aws sso login --profile ${name}`, false);
}

async function correct(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  problems: string,
): Promise<void> {
  const button = vscode.l10n.t('Correct…');
  if (
    (await vscode.window.showErrorMessage(vscode.l10n.t('Nothing was sent. {0}', problems), button)) ===
    button
  ) {
    const changed = await change(context, attempt);
    if (changed !== undefined) {
      await send(context, session, changed);
    }
  }
}
