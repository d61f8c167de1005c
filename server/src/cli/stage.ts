import { askOnce } from '../gateway/askOnce';
import { type ControlOptions, type ControlResult, flushStage, readStageCache } from '../gateway/control';
import { transferOf } from '../gateway/deployedApi';
import { metricsReport, readCacheMetrics } from '../gateway/metrics';
import type { StagePlace } from '../gateway/request';
import { settledBy, stageFindings } from '../gateway/stageCache';
import { type RequestInMind, stageReport } from '../gateway/stageReport';
import { printable } from './format/printable';
import { createStyle } from './format/style';
import { bullets, HINTS, type Hints, loginHint, toLine, withHint } from './invalidate';
import { type CliIo, complain, type ExitCode } from './io';

export interface StageRequest extends Pick<ControlOptions, 'profile' | 'controlEndpoint' | 'timeoutMs'> {
  readonly stage: StagePlace;
  readonly request: RequestInMind | undefined;
  readonly format: 'text' | 'json';
}

/** The time that is looked back on, where the metrics are asked for. */
const METRICS_MINUTES = 60;

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
      ? await readCacheMetrics(host, stage, { ...options, minutes: METRICS_MINUTES })
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

/** Flushes a stage's cache after a yes: 0 if it was accepted, 1 if the answer is no, 2 if nothing was sent. */
export async function flushStageCache(
  io: CliIo,
  wanted: Omit<StageRequest, 'request'>,
  consent: 'given' | 'asked for',
): Promise<ExitCode> {
  const { stage, region, apiId } = wanted.stage;
  if (consent === 'asked for') {
    if (io.confirm === undefined) {
      complain(io, 'flushing empties the cache of the whole stage; add --yes where nobody can be asked');
      return 2;
    }
    const question = `Flush every cache entry of stage ${stage} of ${apiId} in ${region}?`;
    if ((await io.confirm(printable(question))) === 'no') {
      complain(io, 'nothing was flushed');
      return 2;
    }
  }
  const result = await flushStage(await io.gatewayHost(), wanted.stage, {
    ...wanted,
    signal: io.interruption(),
  });
  return tell(io, wanted, result);
}

/** Prints what came of a call to the control plane that has nothing else to show. */
export function tell(
  io: CliIo,
  { stage, format, profile }: Pick<StageRequest, 'stage' | 'format' | 'profile'>,
  { verdict, identity }: ControlResult<unknown>,
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
      ? toLine({ verdict, stage: { partition, region, apiId, stage: name } })
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
