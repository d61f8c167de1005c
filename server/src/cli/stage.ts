import { askOnce } from '../gateway/askOnce';
import {
  type ControlOptions,
  type ControlResult,
  flushAuthorizers,
  flushStage,
  readStageCache,
} from '../gateway/control';
import { transferOf } from '../gateway/deployedApi';
import { flushAndWait } from '../gateway/flushWait';
import { mayChangeState } from '../gateway/method';
import { METRICS_MINUTES, metricsReport, readCacheMetrics } from '../gateway/metrics';
import { settledBy, stageFindings } from '../gateway/stageCache';
import { type RequestInMind, stageReport } from '../gateway/stageReport';
import type { InvalidationTarget, StagePlace } from '../gateway/target';
import { printable } from './format/printable';
import { createStyle } from './format/style';
import { bullets, HINTS, type Hints, loginHint, toLine, withHint } from './invalidate';
import { type CliIo, complain, type ExitCode } from './io';

export interface StageRequest extends Pick<ControlOptions, 'profile' | 'controlEndpoint' | 'timeoutMs'> {
  readonly stage: StagePlace;
  readonly request: RequestInMind | undefined;
  readonly format: 'text' | 'json';
}

/** Prints a stage's cache settings: 0 if they were read, 1 if the answer is no, 2 without an answer. */
export async function printStageCache(
  io: CliIo,
  wanted: StageRequest,
  metrics: 'read' | undefined,
): Promise<ExitCode> {
  const { stage, request, format } = wanted;
  const host = askOnce(await io.gatewayHost());
  const options = { ...wanted, signal: io.interruption() };
  const result = await readStageCache(host, stage, options);
  const { value, verdict } = result;
  if (value === undefined) {
    return tell(io, wanted, result);
  }
  const counted =
    metrics === 'read'
      ? await readCacheMetrics(host, stage, { ...options, minutes: METRICS_MINUTES, methods: 'read' })
      : undefined;
  const inMind = request && {
    ...request,
    transfer: await transferOf(host, stage, { cache: value, request }, options),
  };
  const settled = inMind && settledBy(value, inMind.method, inMind.path, inMind.transfer);
  io.stdout.write(
    format === 'json'
      ? toLine({
          verdict,
          stage,
          settings: value,
          findings: stageFindings(value),
          ...(settled && { settled }),
          ...(counted?.value && { metrics: counted.value }),
        })
      : [stageReport(stage, value, inMind), ...(counted?.value ? [metricsReport(counted.value)] : [])]
          .join('\n')
          .split('\n')
          .map(printable)
          .join('\n'),
  );
  if (counted !== undefined && counted.value === undefined) {
    complain(
      io,
      printable(`the metrics were not read: ${counted.verdict.title}. ${counted.verdict.explanation}`),
    );
    return exitCodeOf(counted);
  }
  return 0;
}

export interface FlushRequest extends Omit<StageRequest, 'request'> {
  readonly consent: 'given' | 'asked for';
  /** The entries of the cache, or what the authorizers answered before. */
  readonly what: 'entries' | 'authorizers';
  /** How long to wait until it is done; not at all unless given. */
  readonly waitMs: number | undefined;
  /** Is read before and after, where it is waited for. */
  readonly entry: InvalidationTarget | undefined;
}

/** Flushes a stage's cache after a yes: 0 if it was accepted, 1 if the answer is no, 2 if nothing was sent. */
export async function flushStageCache(io: CliIo, wanted: FlushRequest): Promise<ExitCode> {
  const { what, entry, waitMs } = wanted;
  const { stage, region, apiId } = wanted.stage;
  if (wanted.consent === 'asked for') {
    if (io.confirm === undefined) {
      complain(io, `flushing ${NAMES[what].loses}; add --yes to do so without confirmation`);
      return 2;
    }
    const question = `Flush ${NAMES[what].all} of stage ${stage} of ${apiId} in ${region}?`;
    if ((await io.confirm(printable(question))) === 'no') {
      complain(io, 'nothing was flushed');
      return 2;
    }
  }
  const host = await io.gatewayHost();
  const options = { ...wanted, signal: io.interruption() };
  if (what === 'authorizers') {
    return tell(io, wanted, await flushAuthorizers(host, wanted.stage, options));
  }
  if (waitMs === undefined) {
    return tell(io, wanted, await flushStage(host, wanted.stage, options));
  }
  const result = await flushAndWait(host, wanted.stage, {
    ...options,
    limitMs: waitMs,
    entry: entry === undefined || mayChangeState(entry.method) ? undefined : entry,
  });
  return tell(io, wanted, result, result.value && { wait: result.value });
}

const NAMES: Readonly<Record<FlushRequest['what'], { readonly all: string; readonly loses: string }>> = {
  entries: { all: 'every cache entry', loses: 'empties the cache of the whole stage' },
  authorizers: {
    all: 'the cached answers of the authorizers',
    loses: 'has API Gateway ask the authorizers about every caller again',
  },
};

/** Prints what came of a call to the control plane that has nothing else to show. */
export function tell(
  io: CliIo,
  { stage, format, profile }: Pick<StageRequest, 'stage' | 'format' | 'profile'>,
  { verdict, identity }: ControlResult<unknown>,
  more: object = {},
): ExitCode {
  const style = createStyle(io.stdout, io.env);
  const lines = [
    style(verdict.kind === 'accepted' ? 'green' : 'red', printable(verdict.title)),
    printable(verdict.explanation),
    ...bullets(
      'What to do next:',
      verdict.nextSteps.map((step) =>
        withHint(step, { ...STAGE_HINTS, ...loginHint(verdict, identity, profile) }),
      ),
    ),
    '',
  ];
  const { partition, region, apiId, stage: name } = stage;
  io.stdout.write(
    format === 'json'
      ? toLine({ verdict, stage: { partition, region, apiId, stage: name }, ...more })
      : lines.join('\n'),
  );
  return exitCodeOf({ verdict, identity });
}

function exitCodeOf({
  verdict: { kind },
  identity,
}: Pick<ControlResult<unknown>, 'verdict' | 'identity'>): ExitCode {
  if (kind === 'accepted') {
    return 0;
  }
  return identity === undefined || UNANSWERED.has(kind) ? 2 : 1;
}

const STAGE_HINTS: Hints = {
  ...HINTS,
  'check-endpoint': '--control-endpoint URL',
  'check-path': '--api-id ID, --stage NAME',
};

const UNANSWERED: ReadonlySet<string> = new Set(['unreachable', 'cancelled', 'not-sent']);
