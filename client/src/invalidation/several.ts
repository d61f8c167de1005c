import * as vscode from 'vscode';
import type {
  Identity,
  InvalidatableApi,
  InvalidateManyProgress,
  InvalidateManyResult,
  InvalidationTarget,
  Notifications,
} from '../../../server/src/protocol/messages';
import { type ClientContext, request } from '../context';
import { apiKeyOf } from './apiKey';
import { targetOf } from './attempt';
import { chooseIdentity, describeIdentity } from './identity';
import { askedAlways } from './lookAhead';
import { askParameters, askParts, hasParameters } from './questions';
import { newId, tellNoResult } from './send';
import type { InvalidationSession } from './session';
import { invalidationSettings } from './settings';
import { arnAtCursor } from './start';
import { isTrusted } from './trust';
import { tellVerdict } from './verdict';

const TITLE = vscode.l10n.t('API Gateway: Invalidate Several Routes');

/** The ARN whose routes are meant; where it is left out that at the cursor, else all that the workspace knows. */
export interface InvalidateRoutesArguments {
  readonly arn?: string;
}

/** Several routes in one go, from an API of the workspace to a table of verdicts; nothing when the user leaves. */
export async function invalidateRoutes(
  context: ClientContext,
  session: InvalidationSession,
  args: InvalidateRoutesArguments,
): Promise<InvalidateManyResult | undefined> {
  if (!isTrusted()) {
    return undefined;
  }
  const api = await pickApi(context, args.arn ?? arnAtCursor());
  const chosen = api && (await pickRoutes(api));
  const place = chosen && (await askPlace(context, session, api));
  const targets = place && (await fillPaths(chosen, place));
  if (targets === undefined) {
    return undefined;
  }
  const identity = await chooseIdentity(context, session.memory, TITLE, 'invalidate');
  if (identity === undefined || !(await confirm(context, targets, identity))) {
    return undefined;
  }
  return send(context, session, targets, identity);
}

/** Routes with every parameter filled in, and those that were skipped with the reason. */
interface Chosen {
  readonly targets: readonly InvalidationTarget[];
  readonly skipped: readonly { readonly path: string; readonly parameter: string }[];
}

/** An ARN that fits no known route is no reason to offer none. */
async function pickApi(
  context: ClientContext,
  arn: string | undefined,
): Promise<InvalidatableApi | undefined> {
  const named = arn === undefined ? [] : await apisOf(context, arn);
  const apis = named.length > 0 ? named : await apisOf(context, undefined);
  const [only, ...others] = apis;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No file of this workspace defines a REST API: OpenAPI, SAM, CloudFormation and Serverless are read.',
      ),
    );
    return undefined;
  }
  if (others.length === 0) {
    return only;
  }
  const picked = await vscode.window.showQuickPick(
    apis.map((api) => ({
      label: api.name,
      description: vscode.workspace.asRelativePath(context.client.protocol2CodeConverter.asUri(api.uri)),
      detail: vscode.l10n.t('{0} routes', api.routes.length),
      api,
    })),
    { title: TITLE, placeHolder: vscode.l10n.t('Which API?'), ignoreFocusOut: true },
  );
  return picked?.api;
}

async function apisOf(context: ClientContext, arn: string | undefined): Promise<readonly InvalidatableApi[]> {
  const { apis } = await request(context, 'iamPolicy/invalidatableRoutes', arn === undefined ? {} : { arn });
  return apis.filter(({ draft }) => draft.refusal === undefined);
}

/** Those without parameters are ticked: nothing has to be asked for them. */
async function pickRoutes(api: InvalidatableApi): Promise<readonly string[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    api.routes.map(({ path, authorization }) => ({
      label: `GET /${path}`,
      description: [
        ...(hasParameters(path) ? [vscode.l10n.t('with parameters')] : []),
        ...(authorization === undefined ? [] : [authorization]),
      ].join(' · '),
      picked: !hasParameters(path),
      path,
    })),
    {
      title: `${TITLE}: ${api.name}`,
      placeHolder: vscode.l10n.t('Which routes?'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ path }) => path);
}

/** The target of the API's root: it has all that its routes share. */
async function askPlace(
  context: ClientContext,
  session: InvalidationSession,
  { draft }: InvalidatableApi,
): Promise<InvalidationTarget | undefined> {
  const open = draft.open.filter((part) => part !== 'method' && part !== 'path');
  const answers = await askParts(context, draft, open, session.memory.answers(draft.arn), TITLE);
  return (
    answers &&
    targetOf({
      draft,
      source: undefined,
      address: {},
      answers: { ...answers, method: 'GET', path: '' },
      query: [],
      headers: [],
      identity: { kind: 'default' },
      checks: {},
      consent: 'ask',
    })
  );
}

async function fillPaths(paths: readonly string[], place: InvalidationTarget): Promise<Chosen | undefined> {
  const targets: InvalidationTarget[] = [];
  const skipped: { readonly path: string; readonly parameter: string }[] = [];
  for (const path of paths) {
    const filled = hasParameters(path) ? await askParameters(path, TITLE, 'skips') : { path };
    if (filled === undefined) {
      return undefined;
    }
    if (filled.path === undefined) {
      skipped.push({ path, parameter: filled.skipped ?? '' });
    } else {
      targets.push({ ...place, path: filled.path });
    }
  }
  return targets.length === 0 ? undefined : { targets, skipped };
}

async function confirm(
  context: ClientContext,
  { targets, skipped }: Chosen,
  identity: Identity,
): Promise<boolean> {
  const [first] = targets;
  if (first === undefined) {
    return false;
  }
  const preview = await request(context, 'iamPolicy/invalidationPreview', { target: first });
  if (preview.url === undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Nothing was sent. {0}', preview.problems.map(({ message }) => message).join(' ')),
    );
    return false;
  }
  const invalidate = vscode.l10n.t('Invalidate {0}', targets.length);
  const more = targets.length - MAX_NAMED;
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Have API Gateway fetch {0} entries of its cache anew?', targets.length),
    {
      modal: true,
      detail: [
        vscode.l10n.t('API: {0}', first.apiId),
        vscode.l10n.t('Stage: {0}', first.stage),
        vscode.l10n.t('Region: {0}', first.region),
        vscode.l10n.t('Host: {0}', new URL(preview.url).host),
        vscode.l10n.t('Signed as: {0}', describeIdentity(identity)),
        '',
        ...targets.slice(0, MAX_NAMED).map(({ path }) => `GET /${path}`),
        ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
        ...skipped.map(({ path, parameter }) =>
          vscode.l10n.t('Skipped: GET /{0}, without a value for {1}', path, parameter),
        ),
      ].join('\n'),
    },
    invalidate,
  );
  return picked === invalidate;
}

/** More lines than these make a dialog too tall. */
const MAX_NAMED = 8;

async function send(
  context: ClientContext,
  session: InvalidationSession,
  chosen: Chosen,
  identity: Identity,
): Promise<InvalidateManyResult | undefined> {
  const result = await sendWithProgress(context, chosen.targets, identity);
  if (result === undefined) {
    return undefined;
  }
  const accepted = result.verdicts.filter(({ kind }) => kind === 'accepted').length;
  context.output.info(
    `Invalidation of ${chosen.targets.length} routes, ${describeIdentity(identity)}: ${result.verdicts.map(({ kind }) => kind).join(', ')}`,
  );
  session.reports.set(`${result.report}${skippedSection(chosen)}`);
  void session.reports.show();
  const rest = chosen.targets.filter((_, index) => result.verdicts[index]?.kind !== 'accepted');
  const again: Chosen = { targets: rest, skipped: [] };
  void tellVerdict(
    {
      kind: rest.length === 0 ? 'accepted' : 'unknown',
      title: vscode.l10n.t('{0} of {1} accepted', accepted, chosen.targets.length),
      caveats: [],
      nextSteps: rest.length === 0 ? [] : NEXT,
    },
    {
      retry: () => send(context, session, again, identity),
      'choose-profile': async () => {
        const other = await chooseIdentity(context, session.memory, TITLE, 'invalidate');
        if (other !== undefined && (await confirm(context, again, other))) {
          await send(context, session, again, other);
        }
      },
    },
    session.reports,
  );
  return result;
}

const NEXT = ['retry', 'choose-profile'].map((id) => ({ id, label: id }));

async function sendWithProgress(
  context: ClientContext,
  targets: readonly InvalidationTarget[],
  identity: Identity,
): Promise<InvalidateManyResult | undefined> {
  const id = newId();
  const { timeoutSeconds, prove } = invalidationSettings();
  const asked = askedAlways();
  const [first] = targets;
  const apiKey = first && (await apiKeyOf(context, first));
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Invalidating {0} routes', targets.length),
      cancellable: true,
    },
    async (progress, token) => {
      const method: keyof Notifications = 'iamPolicy/invalidateManyProgress';
      const listener = context.client.onNotification(method, (update: InvalidateManyProgress) => {
        if (update.id === id) {
          progress.report({ message: `${update.done}/${update.of}`, increment: 100 / update.of });
        }
      });
      try {
        return await request(
          context,
          'iamPolicy/invalidateMany',
          {
            id,
            targets,
            identity,
            timeoutSeconds,
            ...(apiKey === undefined ? {} : { apiKey }),
            checks: {
              ...(asked.stage === 'ask' ? { stage: 'read' } : {}),
              ...(asked.caller === 'ask' ? { identify: 'ask' } : {}),
              ...(prove === 'always' ? { proof: 'read-before-and-after' } : {}),
            },
          },
          token,
        );
      } catch (error) {
        tellNoResult(context, error);
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
}

/** The report speaks English, as all that the server says. */
function skippedSection({ skipped }: Chosen): string {
  const lines = skipped.map(
    ({ path, parameter }) =>
      `- \`GET /${path.replaceAll('`', '')}\`: no value for ${parameter.replaceAll(/[^\w-]/g, '')}`,
  );
  return lines.length === 0 ? '' : `\n## Skipped\n\n${lines.join('\n')}\n`;
}
