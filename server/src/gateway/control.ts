import { type ControlOperation, judgeControl } from './controlVerdict';
import { type ControlService, controlEndpoint } from './endpoint';
import type {
  CallerIdentity,
  ControlCall,
  ControlOutcome,
  GatewayHost,
  ResolvedCredentials,
  StageName,
} from './host';
import { credentialsOf, orCancelled, type ShownIdentity, secretsOf, shownIdentity } from './identity';
import { createRedactor } from './redact';
import { readStage, type StageCache } from './stageCache';
import type { StagePlace } from './target';
import { validateStage } from './targetProblems';
import { judgeCredentials, judgeTarget } from './verdict';
import type { Verdict } from './verdictTable';

export interface ControlOptions {
  readonly profile?: string | undefined;
  /** One address for every management service in place of AWS's own; accepted on this machine only. */
  readonly controlEndpoint?: string | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a call to a management service. Free of secrets. */
export interface ControlResult<T> {
  readonly verdict: Verdict;
  /** Absent if nothing was sent. */
  readonly identity: ShownIdentity | undefined;
  /** Absent unless the verdict is `accepted`. */
  readonly value: T | undefined;
}

/** Reads a stage's cache settings. Never rejects. */
export async function readStageCache(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
): Promise<ControlResult<StageCache>> {
  const result = await ask(host, place, options, {
    operation: 'read-stage',
    service: 'apigateway',
    run: (call) => host.control.stage(call, nameOf(place)),
  });
  return { ...result, value: result.value === undefined ? undefined : readStage(result.value) };
}

/** Flushes the cache of a whole stage: every one of its entries. Never rejects. */
export function flushStage(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
): Promise<ControlResult<undefined>> {
  return ask(host, place, options, {
    operation: 'flush-stage',
    service: 'apigateway',
    run: (call) => host.control.flushStageCache(call, nameOf(place)),
  });
}

/** Flushes what the authorizers of a stage answered before; no entry of the cache is touched. Never rejects. */
export function flushAuthorizers(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
): Promise<ControlResult<undefined>> {
  return ask(host, place, options, {
    operation: 'flush-authorizers',
    service: 'apigateway',
    run: (call) => host.control.flushAuthorizersCache(call, nameOf(place)),
  });
}

/** Asks AWS who signs with these credentials. Never rejects. */
export function whoAmI(
  host: GatewayHost,
  { partition, region }: Pick<StagePlace, 'partition' | 'region'>,
  options: ControlOptions,
): Promise<ControlResult<CallerIdentity>> {
  // The stage is no part of the question; these names only pass the checks that every place goes through.
  const place = { partition, region, apiId: 'x', stage: 'x' };
  return ask(host, place, options, {
    operation: 'who-am-i',
    service: 'sts',
    run: (call) => host.control.callerIdentity(call),
  });
}

interface Question<T> {
  readonly operation: ControlOperation;
  readonly service: ControlService;
  readonly run: (call: ControlCall) => Promise<ControlOutcome<T>>;
}

/** Asks a management service about a stage that may be asked about. Never rejects. */
export async function ask<T>(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
  { operation, service, run }: Question<T>,
): Promise<ControlResult<T>> {
  const nothingSent = (verdict: Verdict): ControlResult<T> => ({
    verdict,
    identity: undefined,
    value: undefined,
  });
  const problems = validateStage(place);
  if (problems.length > 0) {
    return nothingSent(judgeTarget(problems));
  }
  const endpoint = controlEndpoint(service, place, options.controlEndpoint);
  if ('problem' in endpoint) {
    return nothingSent(judgeTarget([endpoint.problem]));
  }
  const credentials = await credentialsOf(host, { ...options, region: place.region });
  if (credentials.kind === 'failure' || options.signal?.aborted === true) {
    return nothingSent(
      judgeCredentials(credentials.kind === 'failure' ? credentials.failure.kind : 'cancelled'),
    );
  }
  return {
    ...(await send(place, options, credentials.credentials, { url: endpoint.url, operation, run })),
    identity: shownIdentity(credentials.credentials),
  };
}

async function send<T>(
  place: StagePlace,
  { timeoutMs, signal }: ControlOptions,
  resolved: ResolvedCredentials,
  { url, operation, run }: Pick<Question<T>, 'operation' | 'run'> & { readonly url: string },
): Promise<Omit<ControlResult<T>, 'identity'>> {
  const outcome = await orCancelled(
    run({ keys: resolved.keys, region: place.region, endpoint: url, timeoutMs, signal }),
    { signal, cancelled: CANCELLED },
  );
  return {
    verdict: judgeControl(outcome, {
      operation,
      place,
      redactor: createRedactor(secretsOf(resolved)),
      keys: resolved.keys.sessionToken === undefined ? 'long-term' : 'temporary',
    }),
    value: outcome.kind === 'answer' ? outcome.value : undefined,
  };
}

const CANCELLED = {
  kind: 'failure',
  failure: { kind: 'cancelled', message: 'Cancelled.', totalMs: 0 },
} as const;

function nameOf({ apiId, stage }: StagePlace): StageName {
  return { apiId, stage };
}
