import { type InvalidationResult, invalidate } from '../gateway/invalidate';
import { renderReport, toJson } from '../gateway/report';
import {
  buildRequest,
  type InvalidationTarget as EngineTarget,
  mayChangeState,
  requestUrl,
  validateTarget,
} from '../gateway/request';
import type {
  ClientRequests,
  InvalidateParams,
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
  Notifications,
} from '../protocol/messages';
import type { HandlerContext } from './handlers';
import type { Gateway } from './host';
import { onRequest } from './requests';

/** Registers the requests of an invalidation: who could sign, what would be sent, and the sending itself. */
export function registerInvalidation(context: HandlerContext): void {
  const { connection, guard, host, client } = context;
  let opened: Gateway | undefined;
  const gateway = (): Gateway | undefined => {
    opened ??= host.openGateway?.({
      mfaCode: async (serial) => {
        const method: keyof ClientRequests = 'iamPolicy/mfaCode';
        if (client().commands === 'absent') {
          throw new Error('This editor cannot ask for an MFA code.');
        }
        const answer: ClientRequests[typeof method]['result'] = await connection.sendRequest(method, {
          serial,
        });
        if (answer.code === undefined) {
          throw new Error('No MFA code was entered.');
        }
        return answer.code;
      },
    });
    return opened;
  };

  onRequest(context, 'iamPolicy/profiles', { profiles: [] }, async () => ({
    profiles: (await gateway()?.profiles()) ?? [],
  }));

  onRequest(
    context,
    'iamPolicy/invalidationPreview',
    { problems: [], mayChangeState: true },
    async ({ target }) => {
      const wanted = toEngineTarget(target);
      const problems = validateTarget(wanted).map(({ field, message }) => ({ field, message }));
      return {
        ...(problems.length === 0 ? { url: requestUrl(buildRequest(wanted)) } : {}),
        problems,
        mayChangeState: mayChangeState(target.method),
      };
    },
  );

  connection.onRequest<InvalidateResult, never>(
    'iamPolicy/invalidate',
    guard.action('iamPolicy/invalidate', FAILED, async (params: InvalidateParams, token) => {
      const engine = gateway();
      if (engine === undefined) {
        return NO_GATEWAY;
      }
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const { target, identity, apiKey, timeoutSeconds, id } = params;
      return toResult(
        await invalidate(engine.host, toEngineTarget(target), {
          signing: identity.kind === 'unsigned' ? 'unsigned' : 'sigv4',
          profile: identity.kind === 'profile' ? identity.name : undefined,
          apiKey,
          timeoutMs: timeoutSeconds * 1000,
          signal: abort.signal,
          onProgress: (step) => {
            const method: keyof Notifications = 'iamPolicy/invalidateProgress';
            const progress: InvalidateProgress = { id, step };
            void guard.task(method, '', () => connection.sendNotification(method, progress));
          },
        }),
      );
    }),
  );
}

function toEngineTarget({ account, ...rest }: InvalidationTarget): EngineTarget {
  return { ...rest, accountId: account };
}

function toResult(result: InvalidationResult): InvalidateResult {
  return {
    verdict: result.verdict,
    report: renderReport(result),
    json: JSON.stringify(toJson(result), undefined, 2),
  };
}

const NO_GATEWAY: InvalidateResult = withoutAnswer({
  kind: 'not-sent',
  reason: 'no-gateway',
  title: 'Not sent: this editor cannot send requests',
  explanation: 'The language server runs where it has neither a network nor credentials.',
});

const FAILED: InvalidateResult = withoutAnswer({
  kind: 'unknown',
  reason: 'internal-error',
  title: 'Not known: the language server failed',
  explanation: 'Its log has one line about it. Whether anything was sent cannot be told.',
});

function withoutAnswer(
  verdict: Pick<InvalidateResult['verdict'], 'kind' | 'reason' | 'title' | 'explanation'>,
): InvalidateResult {
  const whole = { ...verdict, caveats: [], nextSteps: [] };
  return {
    verdict: whole,
    report: `# ${verdict.title}\n\n${verdict.explanation}\n`,
    json: JSON.stringify({ verdict: whole }, undefined, 2),
  };
}
