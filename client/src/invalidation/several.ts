import * as vscode from 'vscode';
import type {
  Identity,
  InvalidateManyResult,
  InvalidationTarget,
  NextStep,
} from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { apiKeyOf, askApiKey } from './apiKey';
import { askBearer, bearerFor } from './bearer';
import { askIdentity, chooseIdentity, describeIdentity, offerLogin } from './identity';
import { askedAlways } from './lookAhead';
import { whileTold, withProgress } from './progress';
import type { InvalidationSession } from './session';
import { invalidationSettings } from './settings';
import { askPlace, type Chosen, confirm, fillRoutes, pickApi, pickRoutes, TITLE } from './severalQuestions';
import { showStageCache } from './stage';
import { arnAtCursor } from './start';
import { maySend } from './trust';
import { type NextStepActions, reportSteps, stepName, tellVerdict } from './verdict';

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
  if (!maySend(context)) {
    return undefined;
  }
  const api = await pickApi(context, args.arn ?? arnAtCursor());
  const chosen = api && (await pickRoutes(api));
  const place = chosen && (await askPlace(context, session, api));
  const filled = place && (await fillRoutes(context, chosen, place));
  if (filled === undefined) {
    return undefined;
  }
  const identity = await chooseIdentity(context, session.memory, TITLE, 'invalidate');
  if (identity === undefined || !(await confirm(context, filled, identity))) {
    return undefined;
  }
  return send(context, session, filled, identity);
}

async function send(
  context: ClientContext,
  session: InvalidationSession,
  chosen: Chosen,
  identity: Identity,
): Promise<InvalidateManyResult | undefined> {
  const result = await sendAll(context, chosen.targets, identity);
  if (result === undefined) {
    return undefined;
  }
  const accepted = result.verdicts.filter(({ kind }) => kind === 'accepted').length;
  context.output.info(
    `Invalidation of ${chosen.targets.length} routes, ${describeIdentity(identity)}: ${result.verdicts.map(({ kind }) => kind).join(', ')}`,
  );
  const rest = chosen.targets.filter((_, index) => result.verdicts[index]?.kind !== 'accepted');
  const again: Chosen = { targets: rest, skipped: [] };
  const verdict = {
    kind: rest.length === 0 ? 'accepted' : 'unknown',
    title: vscode.l10n.t('{0} of {1} accepted', accepted, chosen.targets.length),
    caveats: [],
    nextSteps: rest.length === 0 ? [] : stepsOf(result),
  };
  const actions = actionsOn(context, session, again, identity);
  session.reports.set(`${result.report}${skippedSection(chosen)}`, reportSteps(verdict, actions));
  session.reports.show();
  void tellVerdict(verdict, actions, session.reports);
  return result;
}

/** Trying the rest again and as somebody else are always worth a thought; then come the steps of the verdicts. */
function stepsOf({ verdicts }: InvalidateManyResult): readonly NextStep[] {
  const told = verdicts.flatMap(({ nextSteps }) => nextSteps);
  const ids = ['retry', 'choose-profile', ...told.map(({ id }) => id)];
  return [...new Set(ids)].flatMap((id) => {
    const label = told.find((step) => step.id === id)?.label ?? stepName(id);
    return label === undefined ? [] : [{ id, label }];
  });
}

/** What can be done about the targets that were not accepted. */
function actionsOn(
  context: ClientContext,
  session: InvalidationSession,
  rest: Chosen,
  identity: Identity,
): NextStepActions {
  const again = () => send(context, session, rest, identity);
  const [first] = rest.targets;
  return {
    retry: again,
    'choose-profile': async () => {
      const other = await askIdentity(context, { last: identity, title: TITLE, purpose: 'invalidate' });
      if (other !== undefined && (await confirm(context, rest, other))) {
        await send(context, session, rest, other);
      }
    },
    'log-in-again': async (verdict) => {
      if ((await offerLogin(context, identity, verdict)) === 'try-again') {
        await again();
      }
    },
    // All of them are of one stage.
    ...(first === undefined
      ? {}
      : {
          'enter-api-key': async () => {
            if ((await askApiKey(context, first, TITLE)) === 'done') {
              await again();
            }
          },
          'enter-token': async () => {
            const token: Identity = { kind: 'bearer' };
            const isEntered = (await askBearer(context, first, TITLE)) !== undefined;
            if (isEntered && (identity.kind === 'bearer' || (await confirm(context, rest, token)))) {
              await send(context, session, rest, token);
            }
          },
          'show-stage-settings': () => showStageCache(context, session, { stage: first, identity }),
        }),
  };
}

async function sendAll(
  context: ClientContext,
  targets: readonly InvalidationTarget[],
  identity: Identity,
): Promise<InvalidateManyResult | undefined> {
  const { timeoutSeconds, prove } = invalidationSettings();
  const asked = askedAlways();
  const [first] = targets;
  const apiKey = first && (await apiKeyOf(context, first));
  const token = first === undefined ? {} : await bearerFor(context, identity, first, TITLE);
  if (token === 'left') {
    return undefined;
  }
  const common = {
    targets,
    ...token,
    identity,
    timeoutSeconds,
    ...(apiKey === undefined ? {} : { apiKey }),
    checks: {
      ...(asked.stage === 'ask' ? ({ stage: 'read' } as const) : {}),
      ...(asked.caller === 'ask' ? ({ identify: 'ask' } as const) : {}),
      ...(prove === 'always' ? ({ proof: 'read-before-and-after' } as const) : {}),
    },
  };
  return withProgress(context, vscode.l10n.t('Invalidating {0} routes', targets.length), (progress, token) =>
    whileTold(
      context,
      'iamPolicy/invalidateManyProgress',
      ({ done, of }) => progress.report({ message: `${done}/${of}`, increment: 100 / of }),
      (id) => request(context, 'iamPolicy/invalidateMany', { id, ...common }, token),
    ),
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
