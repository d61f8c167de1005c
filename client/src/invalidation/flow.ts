import * as vscode from 'vscode';
import type { Identity, InvalidateResult, Pair } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { own } from '../own';
import { plainText } from '../plainText';
import { type Attempt, attemptOf, change, refreshed, targetOf } from './attempt';
import type { Start } from './beginning';
import { askKeys, knownEntry } from './cacheKeys';
import { confirmSending, consentKey, isDoubtful, type Proposal } from './confirm';
import { chooseIdentity, describeIdentity, isSigned } from './identity';
import { askedAlways, askedOnDemand, asksAnything, isAcrossAccounts, lookAhead } from './lookAhead';
import { type Answers, type KeptTarget, keptOf } from './memory';
import { askLeftOut, askParts, TITLE } from './questions';
import { sendOne } from './send';
import type { InvalidationSession } from './session';
import { invalidationSettings, isLoopback } from './settings';
import { findStart, keptStart, type StartArguments } from './start';
import { nextSteps } from './steps';
import { maySend } from './trust';
import { type NextStepActions, reportSteps, tellVerdict } from './verdict';

/** An answer to every question that the command would ask; what is left out is asked. */
export interface InvalidateCacheArguments extends StartArguments {
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
  if (!maySend(context, args)) {
    return undefined;
  }
  const start = await findStart(context, session, args, TITLE);
  if (start === undefined) {
    return undefined;
  }
  const attempt =
    start.kept === undefined
      ? await askAttempt(context, session, start, args)
      : await attemptAgain(start, start.kept);
  return attempt && send(context, session, attempt);
}

/** The last invalidation once more: of this window with all there was, else as it was kept. */
export async function repeatLast(
  context: ClientContext,
  session: InvalidationSession,
): Promise<InvalidateCacheOutcome> {
  if (!maySend(context)) {
    return undefined;
  }
  if (session.last !== undefined) {
    return send(context, session, await refreshed(context, session.last));
  }
  const [kept] = session.memory.history();
  if (kept === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing has been invalidated from this workspace yet.'),
    );
    return undefined;
  }
  return repeatKept(context, session, kept);
}

/** An earlier invalidation once more. What was not kept is asked for. */
export async function repeatKept(
  context: ClientContext,
  session: InvalidationSession,
  kept: KeptTarget,
): Promise<InvalidateCacheOutcome> {
  const start = maySend(context) ? await keptStart(context, kept) : undefined;
  const attempt = start && (await attemptAgain(start, kept));
  return attempt && send(context, session, attempt);
}

/** Does what the verdict on an earlier invalidation proposed. What was not kept is asked for. */
export async function takeKeptStep(
  context: ClientContext,
  session: InvalidationSession,
  kept: KeptTarget,
  step: string,
): Promise<void> {
  const start = maySend(context) ? await keptStart(context, kept) : undefined;
  const attempt = start && (await attemptAgain(start, kept));
  const verdict = { kind: 'unknown', title: kept.verdict ?? '', caveats: [], nextSteps: [] };
  await (attempt && own(actionsOn(context, session, attempt), step)?.(verdict));
}

async function askAttempt(
  context: ClientContext,
  session: InvalidationSession,
  start: Start,
  args: InvalidateCacheArguments,
): Promise<Attempt | undefined> {
  const { draft } = start;
  const missing = draft.open.filter((part) => args.answers?.[part] === undefined);
  const proposals = { ...session.memory.answers(draft.arn), ...args.answers };
  const answers = await askParts(context, draft, missing, proposals);
  if (answers === undefined) {
    return undefined;
  }
  const { query = [], headers = [] } = args;
  const attempt = attemptOf(
    start,
    { ...answers, ...args.answers },
    {
      query,
      headers,
      identity: { kind: 'default' },
      consent: args.confirmed === true ? 'given-for-loopback' : 'ask',
    },
  );
  const before = session.memory.history().find(({ arn }) => arn === draft.arn);
  const keys =
    args.query === undefined && args.headers === undefined
      ? await askKeys(context, targetOf(attempt), { query: [], headers: [], ...before })
      : { query: [], headers: [] };
  const identity =
    keys && (args.identity ?? (await chooseIdentity(context, session.memory, TITLE, 'invalidate')));
  return (
    identity && {
      ...attempt,
      query: [...attempt.query, ...keys.query],
      headers: [...attempt.headers, ...keys.headers],
      identity,
    }
  );
}

async function attemptAgain(start: Start, kept: KeptTarget): Promise<Attempt | undefined> {
  const left = await askLeftOut(kept.left);
  return (
    left &&
    attemptOf(start, kept.answers, {
      query: left.query,
      headers: [...kept.headers, ...left.headers],
      identity: kept.identity,
      consent: 'ask',
    })
  );
}

/** Sends an attempt, after consent, and tells what came of it; nothing when it was left before. */
async function send(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
): Promise<InvalidateCacheOutcome> {
  const target = targetOf(attempt);
  const preview = await request(context, 'iamPolicy/invalidationPreview', { target });
  const { url } = preview;
  if (url === undefined) {
    void correct(context, session, attempt, preview.problems.map(({ message }) => message).join(' '));
    return undefined;
  }
  const proposal: Proposal = {
    target,
    preview: { ...preview, url },
    identity: attempt.identity,
    preflight: attempt.draft.preflight,
    entry: await knownEntry(context, target),
    ahead: undefined,
  };
  const agreed = await agree(context, session, attempt, proposal);
  if (agreed === 'leave') {
    return undefined;
  }
  if (agreed === 'change') {
    const changed = await change(context, attempt);
    return changed && send(context, session, changed);
  }
  // What was checked on the way was meant for this once.
  session.last = { ...attempt, checks: {} };
  const { draft, address, identity } = attempt;
  const kept = keptOf(target, preview.secretNames, { arn: draft.arn, address, identity, at: Date.now() });
  await session.memory.keep(kept);
  const result = await sendOne(context, agreed, target);
  if (result === undefined) {
    return undefined;
  }
  const { verdict, report } = result;
  await session.memory.keep({
    ...kept,
    verdict: verdict.title,
    steps: verdict.nextSteps.map(({ id }) => id),
  });
  const { method, apiId, stage, path, region } = target;
  // Without the query string, which may carry what should not be in a log.
  context.output.info(
    `Invalidation of ${method} ${apiId}/${stage}/${path} in ${region}, ${describeIdentity(identity)}: ${verdict.kind} (${verdict.reason}). ${verdict.title}`,
  );
  const actions = actionsOn(context, session, attempt);
  session.reports.set(report, reportSteps(verdict, actions));
  session.reports.show();
  // The buttons may be answered much later; the command is done.
  void tellVerdict(verdict, actions, session.reports);
  return result;
}

function actionsOn(context: ClientContext, session: InvalidationSession, attempt: Attempt): NextStepActions {
  return nextSteps(context, session, attempt, (next) => send(context, session, next));
}

/** Has the user agree where that is needed. Resolves with the attempt and all that is to be checked on the way. */
async function agree(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  proposal: Proposal,
): Promise<Attempt | 'change' | 'leave'> {
  const { target, identity } = proposal;
  const isCallerKnown = isSigned(identity);
  const always = askedAlways();
  if (!needsConsent(session, attempt, proposal)) {
    return withChecks(attempt, {
      ...(always.stage === 'ask' ? { stage: 'read' } : {}),
      ...(always.caller === 'ask' ? { identify: 'ask' } : {}),
    });
  }
  const ask = (asked: typeof always) => lookAhead(context, target, identity, asked, proposal.entry);
  let ahead = isCallerKnown && asksAnything(always) ? await ask(always) : undefined;
  let decision: Awaited<ReturnType<typeof confirmSending>>;
  do {
    const mayAsk = isCallerKnown && ahead === undefined && asksAnything(askedOnDemand());
    decision = await confirmSending({ ...proposal, ahead }, mayAsk ? 'may-ask' : 'knows');
    if (decision === 'ask-aws') {
      ahead = await ask(askedOnDemand());
    }
  } while (decision === 'ask-aws');
  if (decision !== 'send') {
    return decision;
  }
  session.consents.add(consentKey(proposal));
  return withChecks(attempt, {
    ...(ahead?.stage === undefined ? {} : { stage: 'read' }),
    ...(ahead?.entry === undefined ? {} : { keys: 'read' }),
    ...(ahead?.caller === undefined ? {} : { identify: 'ask' }),
    // Said in the dialog, and agreed to.
    ...(isAcrossAccounts(target, ahead) ? { acrossAccounts: 'send' } : {}),
  });
}

function withChecks(attempt: Attempt, checks: Attempt['checks']): Attempt {
  const proof =
    invalidationSettings().prove === 'always' ? ({ proof: 'read-before-and-after' } as const) : {};
  return { ...attempt, checks: { ...proof, ...checks, ...attempt.checks } };
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

async function correct(
  context: ClientContext,
  session: InvalidationSession,
  attempt: Attempt,
  problems: string,
): Promise<void> {
  const button = vscode.l10n.t('Correct…');
  const picked = await vscode.window.showErrorMessage(
    vscode.l10n.t('Nothing was sent. {0}', plainText(problems)),
    button,
  );
  const changed = picked === button ? await change(context, attempt) : undefined;
  if (changed !== undefined) {
    await send(context, session, changed);
  }
}
