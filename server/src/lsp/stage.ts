import { flushStage, readStageCache, whoAmI } from '../gateway/control';
import { verdictReport } from '../gateway/report';
import { type StageCache, settledBy, stageFindings } from '../gateway/stageCache';
import { stageReport } from '../gateway/stageReport';
import type { Verdict } from '../gateway/verdictTable';
import type { StageCacheParams, StageCacheSummary } from '../protocol/stage';
import { FAILED, identityOptions, NO_GATEWAY, signalOf } from './gatewayAccess';
import type { HandlerContext } from './handlers';
import type { Gateway } from './host';
import { invalidationSettings } from './invalidationSettings';
import { onAction } from './requests';

/** Registers the requests to the management side of AWS: a stage's settings, flushing it, and who signs. */
export function registerStage(context: HandlerContext, gateway: () => Gateway | undefined): void {
  const optionsOf = async (
    { identity, timeoutSeconds }: Pick<StageCacheParams, 'identity' | 'timeoutSeconds'>,
    signal: AbortSignal,
  ) => ({
    ...identityOptions(identity),
    timeoutMs: timeoutSeconds * 1000,
    controlEndpoint: (await invalidationSettings(context)).controlEndpoint,
    signal,
  });

  onAction(context, 'iamPolicy/stageCache', told(FAILED), async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return told(NO_GATEWAY);
    }
    const { stage, request } = params;
    const options = await optionsOf(params, signalOf(token));
    const { verdict, value } = await readStageCache(engine.host, stage, options);
    return value === undefined
      ? told(verdict)
      : {
          verdict,
          report: stageReport(stage, value, request),
          settings: summary(value, request),
        };
  });

  onAction(context, 'iamPolicy/flushStageCache', told(FAILED), async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return told(NO_GATEWAY);
    }
    const options = await optionsOf(params, signalOf(token));
    return told((await flushStage(engine.host, params.stage, options)).verdict);
  });

  onAction(context, 'iamPolicy/whoAmI', { verdict: FAILED }, async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return { verdict: NO_GATEWAY };
    }
    const options = await optionsOf(params, signalOf(token));
    const { verdict, value } = await whoAmI(engine.host, params, options);
    return { verdict, ...(value === undefined ? {} : { account: value.accountId, arn: value.arn }) };
  });
}

function summary(stage: StageCache, request: StageCacheParams['request']): StageCacheSummary {
  const { cluster, status, size, overrides } = stage;
  return {
    cluster,
    ...(status === undefined ? {} : { status }),
    ...(size === undefined ? {} : { size }),
    overrides: overrides.length,
    findings: stageFindings(stage),
    ...(request === undefined ? {} : { request: decided(stage, request) }),
  };
}

function decided(
  stage: StageCache,
  { method, path }: NonNullable<StageCacheParams['request']>,
): NonNullable<StageCacheSummary['request']> {
  const { uncached, authorization, silence, notes } = settledBy(stage, method, path);
  return {
    ...(uncached === undefined ? {} : { uncached }),
    ...(authorization === undefined ? {} : { authorization }),
    silence,
    notes,
  };
}

function told(verdict: Verdict): { readonly verdict: Verdict; readonly report: string } {
  return { verdict, report: verdictReport(verdict) };
}
