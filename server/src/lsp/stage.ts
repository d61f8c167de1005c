import {
  type ControlOptions,
  flushAuthorizers,
  flushStage,
  readStageCache,
  whoAmI,
} from '../gateway/control';
import { transferOf } from '../gateway/deployedApi';
import { flushAndWait } from '../gateway/flushWait';
import { text } from '../gateway/markdown';
import { METRICS_MINUTES, metricsReport, readCacheMetrics } from '../gateway/metrics';
import { verdictReport } from '../gateway/report';
import { type StageCache, settledBy, stageFindings } from '../gateway/stageCache';
import { type RequestInMind, stageReport } from '../gateway/stageReport';
import type { Verdict } from '../gateway/verdictTable';
import type { StageCacheParams, StageCacheSummary, StagePlace } from '../protocol/stage';
import { FAILED, identityOptions, noGateway, signalOf } from './gatewayAccess';
import type { HandlerContext } from './handlerContext';
import type { Gateway } from './host';
import { invalidationSettings } from './invalidationSettings';
import { onAction } from './requests';

/** Registers the requests to the control plane of AWS: a stage's settings, flushing it, and who signs. */
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
      return told(noGateway(context));
    }
    const { stage, request } = params;
    const options = await optionsOf(params, signalOf(token));
    const { verdict, value } = await readStageCache(engine.host, stage, options);
    if (value === undefined) {
      return told(verdict);
    }
    const inMind = request && {
      ...request,
      transfer: await transferOf(engine.host, stage, { cache: value, request }, options),
    };
    const page = stageReport(stage, value, inMind);
    const counted = params.metrics === 'read' ? await metricsSection(engine, stage, options) : undefined;
    return {
      verdict,
      report: counted === undefined ? page : `${page}\n${counted}`,
      settings: summary(value, inMind),
    };
  });

  onAction(context, 'iamPolicy/flushStageCache', told(FAILED), async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return told(noGateway(context));
    }
    const options = await optionsOf(params, signalOf(token));
    const { stage, what, wait } = params;
    const { verdict } =
      what === 'authorizers'
        ? await flushAuthorizers(engine.host, stage, options)
        : wait === undefined
          ? await flushStage(engine.host, stage, options)
          : await flushAndWait(engine.host, stage, { ...options, limitMs: wait.limitSeconds * 1000 });
    return told(verdict);
  });

  onAction(context, 'iamPolicy/whoAmI', { verdict: FAILED }, async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return { verdict: noGateway(context) };
    }
    const options = await optionsOf(params, signalOf(token));
    const { verdict, value } = await whoAmI(engine.host, params, options);
    return { verdict, ...(value === undefined ? {} : { account: value.accountId, arn: value.arn }) };
  });
}

/** The last hour as a section of the page, or why it is not there. */
async function metricsSection(
  { host }: Gateway,
  stage: StagePlace,
  options: ControlOptions,
): Promise<string> {
  const { value, verdict } = await readCacheMetrics(host, stage, {
    ...options,
    minutes: METRICS_MINUTES,
    methods: 'read',
  });
  return value === undefined
    ? `## Hits and misses\n\n${text(`They were not read: ${verdict.title}. ${verdict.explanation}`)}\n`
    : metricsReport(value);
}

function summary(stage: StageCache, request: RequestInMind | undefined): StageCacheSummary {
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
  { method, path, transfer }: RequestInMind,
): NonNullable<StageCacheSummary['request']> {
  const { uncached, authorization, silence, notes } = settledBy(stage, method, path, transfer);
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
