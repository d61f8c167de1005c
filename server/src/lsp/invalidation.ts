import { invalidateAll, renderBatch } from '../gateway/batch';
import { keysInDefinitions } from '../gateway/cacheKeys';
import { curlCaveat, curlCommand } from '../gateway/curl';
import { type InvalidationResult, invalidate } from '../gateway/invalidate';
import type { InvalidateOptions } from '../gateway/invalidateOptions';
import { mayChangeState } from '../gateway/method';
import { isSensitive } from '../gateway/redact';
import { renderReport, toJson, verdictReport } from '../gateway/report';
import { buildRequest, requestUrl } from '../gateway/request';
import type { InvalidationTarget as EngineTarget, TargetProblem } from '../gateway/target';
import { checkByAws, checkByFiles } from '../gateway/targetCheck';
import { validateTarget } from '../gateway/targetProblems';
import { targetOfUrl, urlDraft } from '../gateway/targetUrl';
import { judgeTarget } from '../gateway/verdict';
import type { Verdict } from '../gateway/verdictTable';
import type {
  InvalidateManyResult,
  InvalidateParams,
  InvalidateResult,
  InvalidationTarget,
} from '../protocol/invalidation';
import type { Notifications } from '../protocol/messages';
import { knownKeys, registerCacheKeys } from './cacheKeys';
import { knowledgeFor } from './definition';
import { FAILED, gatewayOpener, identityOptions, noGateway, signalOf } from './gatewayAccess';
import type { HandlerContext } from './handlerContext';
import { type InvalidationSettings, invalidationSettings } from './invalidationSettings';
import { onAction, onRequest, toDraft } from './requests';
import { registerRoutes } from './routes';
import { registerStage } from './stage';

/** Registers the requests of an invalidation: who could sign, what would be sent, and the sending itself. */
export function registerInvalidation(context: HandlerContext): void {
  const { service } = context;
  const gateway = gatewayOpener(context);
  const settings = () => invalidationSettings(context);

  onRequest(context, 'iamPolicy/profiles', { profiles: [] }, async () => ({
    profiles: (await gateway()?.profiles()) ?? [],
  }));

  onRequest(
    context,
    'iamPolicy/invalidationPreview',
    { problems: [], mayChangeState: true, secretNames: [] },
    async ({ target }) => {
      const { target: wanted, problems } = checked(target, await settings());
      return {
        ...(problems.length === 0 ? { url: requestUrl(buildRequest(wanted)) } : {}),
        problems: problems.map(({ field, message }) => ({ field, message })),
        mayChangeState: mayChangeState(target.method),
        secretNames: [...target.query, ...target.headers].map(([name]) => name).filter(isSensitive),
      };
    },
  );

  onRequest(context, 'iamPolicy/curl', { problems: [] }, async ({ target, signing, apiKey, bearer }) => {
    const known = await settings();
    const { target: wanted, problems } = checked(target, known);
    if (problems.length === 0) {
      const clientCertificate = certificateOf(wanted, known);
      const caveat = curlCaveat(wanted, { signing, apiKey });
      return {
        command: curlCommand(wanted, { signing, apiKey, bearer, clientCertificate }),
        ...(caveat === undefined ? {} : { caveat }),
        problems: [],
      };
    }
    return {
      problems: problems.map(({ field, message }) => ({ field, message })),
    };
  });

  onRequest(context, 'iamPolicy/targetOfUrl', {}, async ({ url }) => {
    const outcome = targetOfUrl(url, (await settings()).customDomains);
    if ('refusal' in outcome) {
      const setting =
        outcome.reason === 'unknown-host' ? ' The setting is iamPolicy.invalidation.customDomains.' : '';
      return { refusal: `${outcome.refusal}${setting}` };
    }
    const { query, endpoint, domain } = outcome.target;
    const draft = urlDraft(outcome.target, (arn) => service().invalidationDraftOf(arn));
    const told = await knowledgeFor(context, { settings: await context.settings.of('') });
    return {
      draft: toDraft(draft, service().invalidationChoices(draft, told)),
      query,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(domain === undefined ? {} : { domain: { name: domain.name, basePath: domain.basePath } }),
    };
  });

  onAction(context, 'iamPolicy/invalidate', withoutAnswer(FAILED), async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return withoutAnswer(noGateway(context));
    }
    const known = await settings();
    const missing = tokenMissing(params);
    if (missing !== undefined) {
      return withoutAnswer(missing);
    }
    const { target, refused } = checked(params.target, known);
    if (refused !== undefined) {
      return withoutAnswer(judgeTarget([refused]));
    }
    const result = await invalidate(engine.host, target, {
      ...optionsOf(params, known, target),
      keys: params.checks?.keys ?? (await knownKeys(context, target)),
      signal: signalOf(token),
      onProgress: (step) => notify(context, 'iamPolicy/invalidateProgress', { id: params.id, step }),
    });
    return toResult(result);
  });

  onAction(context, 'iamPolicy/invalidateMany', NOTHING_DONE, async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return { ...NOTHING_DONE, verdicts: params.targets.map(() => noGateway(context)) };
    }
    const known = await settings();
    const missing = tokenMissing(params);
    if (missing !== undefined) {
      return { ...withoutAnswer(missing), verdicts: params.targets.map(() => missing) };
    }
    const targets = params.targets.map((target) => checked(target, known));
    const refused = targets.flatMap((each) => each.refused ?? []);
    if (refused.length > 0) {
      const verdict = judgeTarget(refused);
      return { ...withoutAnswer(verdict), verdicts: params.targets.map(() => verdict) };
    }
    const { apis } = await knowledgeFor(context, { settings: await context.settings.of('') });
    let done = 0;
    const results = await invalidateAll(
      engine.host,
      targets.map(({ target }) => target),
      {
        ...optionsOf(params, known, targets[0]?.target),
        keys: (target) => params.checks?.keys ?? keysInDefinitions(target, apis),
        signal: signalOf(token),
        onDone: (index, { verdict }) => {
          done += 1;
          const progress = { id: params.id, index, verdict, done, of: targets.length };
          notify(context, 'iamPolicy/invalidateManyProgress', progress);
        },
      },
    );
    return {
      verdicts: results.map(({ verdict }) => verdict),
      report: renderBatch(results),
      json: JSON.stringify(results.map(toJson), undefined, 2),
    };
  });

  onRequest(context, 'iamPolicy/checkTarget', { findings: [] }, async (params, token) => {
    const { target } = checked(params.target, await settings());
    if (params.by === 'workspace') {
      const told = await knowledgeFor(context, { settings: await context.settings.of('') });
      const { fits, findings } = checkByFiles(target, told);
      return { fits, findings: findings.map(({ message }) => message) };
    }
    const engine = gateway();
    if (engine === undefined) {
      return { findings: [noGateway(context).title] };
    }
    const { check, verdict } = await checkByAws(engine.host, target, {
      ...identityOptions(params.identity),
      timeoutMs: params.timeoutSeconds * 1000,
      controlEndpoint: (await settings()).controlEndpoint,
      signal: signalOf(token),
    });
    return check === undefined
      ? { findings: [`${verdict.title}. ${verdict.explanation}`] }
      : { fits: check.fits, findings: check.findings.map(({ message }) => message) };
  });

  registerCacheKeys(context, gateway);
  registerStage(context, gateway);
  registerRoutes(context);
}

function optionsOf(
  {
    identity,
    apiKey,
    bearer,
    timeoutSeconds,
    checks,
  }: Pick<InvalidateParams, 'identity' | 'apiKey' | 'bearer' | 'timeoutSeconds' | 'checks'>,
  settings: InvalidationSettings,
  target: EngineTarget | undefined,
): Omit<InvalidateOptions, 'keys'> {
  const { keys: _, ...others } = checks ?? {};
  return {
    ...identityOptions(identity),
    ...others,
    apiKey,
    ...(identity.kind === 'bearer' ? { bearer } : {}),
    clientCertificate: target === undefined ? undefined : certificateOf(target, settings),
    timeoutMs: timeoutSeconds * 1000,
    controlEndpoint: settings.controlEndpoint,
  };
}

/** A token that was announced and did not come: without it the request would go out as anybody's. */
function tokenMissing({
  identity,
  bearer,
}: Pick<InvalidateParams, 'identity' | 'bearer'>): Verdict | undefined {
  return identity.kind === 'bearer' && bearer === undefined
    ? judgeTarget([{ kind: 'header-value', field: 'headers', message: 'There is no bearer token to send.' }])
    : undefined;
}

/** The files that the settings name for the custom domain of a target. */
function certificateOf({ domain }: EngineTarget, { customDomains }: InvalidationSettings) {
  return customDomains.find(({ name, basePath }) => name === domain?.name && basePath === domain.basePath)
    ?.clientCertificate;
}

function notify<M extends keyof Notifications>(
  { connection, guard }: HandlerContext,
  method: M,
  progress: Notifications[M],
): void {
  void guard.task(method, '', () => connection.sendNotification(method, progress));
}

interface Checked {
  readonly target: EngineTarget;
  readonly problems: readonly TargetProblem[];
  /** The problem that the engine cannot see: a custom domain that nobody configured. */
  readonly refused: TargetProblem | undefined;
}

function checked({ account, ...rest }: InvalidationTarget, { customDomains }: InvalidationSettings): Checked {
  const target = { ...rest, accountId: account };
  const { domain } = rest;
  const isConfigured =
    domain === undefined ||
    customDomains.some(({ name, basePath }) => name === domain.name && basePath === domain.basePath);
  const refused: TargetProblem | undefined = isConfigured
    ? undefined
    : {
        kind: 'domain',
        field: 'domain',
        message: `${JSON.stringify(domain.name)} is not among the custom domains that are configured (iamPolicy.invalidation.customDomains).`,
      };
  return {
    target,
    problems: [...validateTarget(target), ...(refused === undefined ? [] : [refused])],
    refused,
  };
}

function toResult(result: InvalidationResult): InvalidateResult {
  return {
    verdict: result.verdict,
    report: renderReport(result),
    json: JSON.stringify(toJson(result), undefined, 2),
  };
}

/** A result of a verdict alone. */
function withoutAnswer(verdict: Verdict): InvalidateResult {
  return {
    verdict,
    report: verdictReport(verdict),
    json: JSON.stringify({ verdict }, undefined, 2),
  };
}

const NOTHING_DONE: InvalidateManyResult = { verdicts: [], report: verdictReport(FAILED), json: '[]' };
