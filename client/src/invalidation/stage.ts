import * as vscode from 'vscode';
import type { TargetPart } from '../../../server/src/protocol/draft';
import type { Identity } from '../../../server/src/protocol/invalidation';
import type {
  FlushStageCacheParams,
  FlushStageCacheResult,
  StageCacheParams,
  StageCacheResult,
  StagePlace,
} from '../../../server/src/protocol/stage';
import { type ClientContext, request } from '../context';
import {
  askIdentity,
  chooseIdentity,
  credentialsLine,
  describeIdentity,
  isSigned,
  offerLogin,
} from './identity';
import { overHttpLines } from './overHttp';
import { withProgress } from './progress';
import { askParts } from './questions';
import type { InvalidationSession } from './session';
import { invalidationSettings, isLoopback } from './settings';
import { findStart, type StartArguments } from './start';
import { maySend } from './trust';
import { type NextStepActions, reportSteps, tellVerdict } from './verdict';

/** A stage, or where to find it: as for an invalidation, by the cursor where all is left out. */
export interface StageArguments extends StartArguments {
  readonly stage?: StagePlace;
  /** Who signs; asked for where it is left out or signs nothing. */
  readonly identity?: Identity;
  /** What the page is to say something about in particular. */
  readonly request?: StageCacheParams['request'];
  /** Also the chart of what CloudWatch counted. */
  readonly metrics?: StageCacheParams['metrics'];
}

export interface FlushArguments extends StageArguments, Partial<Flush> {
  /** Spares the confirmation, and only where the control plane is on this machine. */
  readonly confirmed?: true;
}

/** What is flushed, and whether its end is waited for. */
type Flush = Pick<FlushStageCacheParams, 'what' | 'wait'>;

/** As long as the command line waits. */
const WAIT: Flush = { what: 'entries', wait: { limitSeconds: 120 } };

const SETTINGS_TITLE = vscode.l10n.t('API Gateway: Stage Cache Settings');
const FLUSH_TITLE = vscode.l10n.t('API Gateway: Flush Entire Stage Cache');

/** Shows how a stage caches, with each setting explained; nothing when the user leaves. */
export async function showStageCache(
  context: ClientContext,
  session: InvalidationSession,
  args: StageArguments,
): Promise<StageCacheResult | undefined> {
  const call = maySend(context) ? await askCall(context, session, args, SETTINGS_TITLE) : undefined;
  if (call === undefined) {
    return undefined;
  }
  const { stage } = call;
  const result = await withProgress(
    context,
    vscode.l10n.t('Reading the settings of {0}/{1}', stage.apiId, stage.stage),
    (_, token) =>
      request(
        context,
        'iamPolicy/stageCache',
        {
          ...call,
          ...(args.request === undefined ? {} : { request: args.request }),
          ...(args.metrics === undefined ? {} : { metrics: args.metrics }),
        },
        token,
      ),
  );
  if (result !== undefined) {
    const again: Again = (changed) => showStageCache(context, session, { ...args, ...call, ...changed });
    const steps = nextSteps(context, call, SETTINGS_TITLE, again);
    session.stagePage.set(
      result.report,
      result.settings === undefined ? reportSteps(result.verdict, steps) : [],
    );
    session.stagePage.show();
    if (result.settings === undefined) {
      void tellVerdict(result.verdict, steps, session.stagePage);
    }
  }
  return result;
}

/** Empties the cache of a whole stage, after a confirmation of its own; nothing when the user leaves. */
export async function flushStageCache(
  context: ClientContext,
  session: InvalidationSession,
  args: FlushArguments,
): Promise<FlushStageCacheResult | undefined> {
  const call = maySend(context) ? await askCall(context, session, args, FLUSH_TITLE) : undefined;
  if (call === undefined) {
    return undefined;
  }
  const { stage, identity } = call;
  const isSpared = args.confirmed === true && isLoopback(invalidationSettings().controlEndpoint);
  const flush: Flush | undefined = isSpared ? args : await confirmFlush(context, stage, identity);
  if (flush === undefined) {
    return undefined;
  }
  const { what = 'entries', wait } = flush;
  const result = await withProgress(context, flushTitle(stage, flush), (_, token) =>
    request(
      context,
      'iamPolicy/flushStageCache',
      { ...call, what, ...(wait === undefined ? {} : { wait }) },
      token,
    ),
  );
  if (result !== undefined) {
    context.output.info(
      `Flush of ${what === 'entries' ? '' : 'the authorizers of '}${stage.apiId}/${stage.stage} in ${stage.region}, ${describeIdentity(identity)}: ${result.verdict.kind} (${result.verdict.reason}). ${result.verdict.title}`,
    );
    const again: Again = (changed) => flushStageCache(context, session, { ...args, ...call, ...changed });
    const steps = {
      ...nextSteps(context, call, FLUSH_TITLE, again),
      'show-stage-settings': () => showStageCache(context, session, call),
    };
    session.reports.set(result.report, reportSteps(result.verdict, steps));
    session.reports.show();
    void tellVerdict(result.verdict, steps, session.reports);
  }
  return result;
}

/** The stage that a command is about: that of the arguments or of the cursor, with what they leave open asked for. */
export async function askStage(
  context: ClientContext,
  session: InvalidationSession,
  args: StageArguments,
  title: string,
): Promise<StagePlace | undefined> {
  if (args.stage !== undefined) {
    const { partition, region, apiId, stage } = args.stage;
    return { partition, region, apiId, stage };
  }
  const start = await findStart(context, session, args, title);
  if (start === undefined) {
    return undefined;
  }
  const { draft, kept } = start;
  const before = kept?.answers ?? session.memory.answers(draft.arn);
  const open = kept === undefined ? draft.open.filter((part) => STAGE_PARTS.includes(part)) : [];
  const answers = await askParts(context, draft, open, before, title);
  const { region = '', apiId = '', stage = '' } = { ...draft.known, ...kept?.answers, ...answers };
  return answers && { partition: draft.partition, region, apiId, stage };
}

type Call = Pick<StageCacheParams, 'stage' | 'identity' | 'timeoutSeconds'>;

async function askCall(
  context: ClientContext,
  session: InvalidationSession,
  args: StageArguments,
  title: string,
): Promise<Call | undefined> {
  const stage = await askStage(context, session, args, title);
  const given = args.identity && isSigned(args.identity) ? args.identity : undefined;
  const identity = stage && (given ?? (await chooseIdentity(context, session.memory, title, 'manage')));
  const { timeoutSeconds } = invalidationSettings();
  return stage && identity && { stage, identity, timeoutSeconds };
}

function flushTitle({ apiId, stage }: StagePlace, { what, wait }: Flush): string {
  if (what === 'authorizers') {
    return vscode.l10n.t('Flushing the cached authorizer results of {0}/{1}', apiId, stage);
  }
  return wait === undefined
    ? vscode.l10n.t('Flushing {0}/{1}', apiId, stage)
    : vscode.l10n.t('Flushing {0}/{1}, and waiting until that is done', apiId, stage);
}

/** Asks what is to be flushed, in a dialog that says what that does; nothing when the user leaves. */
async function confirmFlush(
  context: ClientContext,
  { partition, region, apiId, stage }: StagePlace,
  identity: Identity,
): Promise<Flush | undefined> {
  const arn = `arn:${partition}:execute-api:${region}:*:${apiId}/${stage}/*`;
  const { apis } = await request(context, 'iamPolicy/invalidatableRoutes', { arn });
  const names = apis.map(({ name }) => name).join(', ');
  const routes = apis.reduce((sum, api) => sum + api.routes.length, 0);
  const choices: readonly (readonly [label: string, flush: Flush])[] = [
    [vscode.l10n.t('Flush…'), { what: 'entries' }],
    [vscode.l10n.t('Flush and Wait…'), WAIT],
    [vscode.l10n.t('Flush Authorizers…'), { what: 'authorizers' }],
  ];
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Empty the cache of the whole stage {0}?', stage),
    {
      modal: true,
      detail: [
        names === '' ? vscode.l10n.t('API: {0}', apiId) : vscode.l10n.t('API: {0} ({1})', apiId, names),
        vscode.l10n.t('Stage: {0}', stage),
        vscode.l10n.t('Region: {0}', region),
        credentialsLine(identity),
        ...overHttpLines(invalidationSettings().controlEndpoint, identity),
        '',
        ...(routes === 0
          ? []
          : [vscode.l10n.t('Routes of the workspace that lose their cached responses: {0}', routes)]),
        vscode.l10n.t('Until the cache has filled again, every request goes to the backend.'),
        '',
        vscode.l10n.t(
          'Flush Authorizers empties the cached results of authorizers instead: every caller is authorized again, and no cached response is lost.',
        ),
      ].join('\n'),
    },
    ...choices.map(([label]) => label),
  );
  const chosen = choices.find(([label]) => label === picked)?.[1];
  return chosen !== undefined && (await typeStage(stage, chosen)) ? chosen : undefined;
}

/** What cannot be undone takes more than Enter: the name of what is about to be emptied. */
async function typeStage(stage: string, { what }: Flush): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: FLUSH_TITLE,
    prompt:
      what === 'authorizers'
        ? vscode.l10n.t('Type {0}, the name of the stage, to flush its cached authorizer results.', stage)
        : vscode.l10n.t('Type {0}, the name of the stage, to flush its whole cache.', stage),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === stage ? undefined : vscode.l10n.t('This is not the name of the stage.'),
  });
  return typed === stage;
}

/** The same call once more, with something changed. */
type Again = (changed: Partial<Pick<Call, 'stage' | 'identity'>>) => Promise<unknown>;

/** What can be done about a verdict of the control plane. */
function nextSteps(
  context: ClientContext,
  { stage, identity }: Call,
  title: string,
  again: Again,
): NextStepActions {
  const elsewhere = (parts: readonly TargetPart[]) => async (): Promise<void> => {
    const changed = await changeStage(context, stage, parts, title);
    await (changed && again({ stage: changed }));
  };
  return {
    retry: () => again({}),
    'check-path': elsewhere(STAGE_PARTS),
    'correct-region': elsewhere(['region']),
    'choose-profile': async () => {
      const other = await askIdentity(context, { last: identity, title, purpose: 'manage' });
      await (other && again({ identity: other }));
    },
    'log-in-again': async (verdict) => {
      if ((await offerLogin(context, identity, verdict)) === 'try-again') {
        await again({});
      }
    },
  };
}

const STAGE_PARTS: readonly TargetPart[] = ['region', 'apiId', 'stage'];

async function changeStage(
  context: ClientContext,
  { partition, region, apiId, stage }: StagePlace,
  parts: readonly TargetPart[],
  title: string,
): Promise<StagePlace | undefined> {
  const arn = `arn:${partition}:execute-api:${region}:*:${apiId}/${stage}/GET/`;
  const { draft } = await request(context, 'iamPolicy/invalidationDraft', { arn });
  const answers = draft && (await askParts(context, draft, parts, { region, apiId, stage }, title));
  return answers && { partition, region, apiId, stage, ...answers };
}
