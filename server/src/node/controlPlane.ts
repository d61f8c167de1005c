import type * as http from 'node:http';
import type { Stage } from '@aws-sdk/client-api-gateway';
import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type {
  ApiResource,
  CacheCounts,
  ControlCall,
  ControlError,
  ControlOutcome,
  ControlPlane,
  MethodCacheSettings,
  SendFailureKind,
  StageDescription,
} from '../gateway/host';
import { type AgentFor, FAILURE_MESSAGES, failureKind, networkKind, type Route } from './network';

/**
 * The control plane of AWS through its SDK, which is loaded when it is first called: neither the start of the language
 * server nor a lint pays for it.
 */
export function createControlPlane(agentFor: AgentFor): ControlPlane {
  return {
    callerIdentity: (call) =>
      attempt(call, agentFor, async (settings, options) => {
        const { GetCallerIdentityCommand, STSClient } = await import('./awsSdk.js');
        const client = new STSClient(settings);
        const { Account, Arn } = await sendOnce(
          client,
          client.send(new GetCallerIdentityCommand({}), options),
        );
        return { accountId: Account ?? '', arn: Arn ?? '' };
      }),
    stage: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetStageCommand } = await import('./awsSdk.js');
        const command = new GetStageCommand({ restApiId: apiId, stageName: stage });
        const client = new APIGatewayClient(settings);
        return describe(await sendOnce(client, client.send(command, options)));
      }),
    flushStageCache: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, FlushStageCacheCommand } = await import('./awsSdk.js');
        const command = new FlushStageCacheCommand({ restApiId: apiId, stageName: stage });
        const client = new APIGatewayClient(settings);
        await sendOnce(client, client.send(command, options));
        return undefined;
      }),
    resources: (call, apiId) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetResourcesCommand } = await import('./awsSdk.js');
        const found: ApiResource[] = [];
        let position: string | undefined;
        for (let page = 0; page < MAX_PAGES; page++) {
          const command = new GetResourcesCommand({ restApiId: apiId, limit: PAGE_SIZE, position });
          const client = new APIGatewayClient(settings);
          const answer = await sendOnce(client, client.send(command, options));
          found.push(
            ...(answer.items ?? []).map(({ id = '', path = '', resourceMethods }) => ({
              id,
              path,
              methods: Object.keys(resourceMethods ?? {}),
            })),
          );
          position = answer.position;
          if (position === undefined) {
            break;
          }
        }
        return found;
      }),
    integration: (call, { apiId, resourceId, method }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetIntegrationCommand } = await import('./awsSdk.js');
        const client = new APIGatewayClient(settings);
        const command = new GetIntegrationCommand({ restApiId: apiId, resourceId, httpMethod: method });
        const { cacheKeyParameters, cacheNamespace, requestParameters, responseTransferMode } =
          await sendOnce(client, client.send(command, options));
        return { cacheKeyParameters, cacheNamespace, requestParameters, responseTransferMode };
      }),
    flushAuthorizersCache: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, FlushStageAuthorizersCacheCommand } = await import('./awsSdk.js');
        const command = new FlushStageAuthorizersCacheCommand({ restApiId: apiId, stageName: stage });
        const client = new APIGatewayClient(settings);
        await sendOnce(client, client.send(command, options));
        return undefined;
      }),
    stageNames: (call, apiId) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetStagesCommand } = await import('./awsSdk.js');
        const client = new APIGatewayClient(settings);
        const command = new GetStagesCommand({ restApiId: apiId });
        const { item = [] } = await sendOnce(client, client.send(command, options));
        return item.flatMap(({ stageName }) => stageName ?? []);
      }),
    exportedApi: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetExportCommand } = await import('./awsSdk.js');
        const client = new APIGatewayClient(settings);
        const command = new GetExportCommand({
          restApiId: apiId,
          stageName: stage,
          exportType: 'oas30',
          parameters: { extensions: 'integrations' },
          accepts: 'application/json',
        });
        const { body } = await sendOnce(client, client.send(command, options));
        return body === undefined ? '' : Buffer.from(body).toString('utf8');
      }),
    apiName: (call, apiId) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetRestApiCommand } = await import('./awsSdk.js');
        const client = new APIGatewayClient(settings);
        const command = new GetRestApiCommand({ restApiId: apiId });
        return (await sendOnce(client, client.send(command, options))).name ?? '';
      }),
    countedMethods: (call, { apiName, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { CloudWatchClient, ListMetricsCommand } = await import('./awsSdk.js');
        const client = new CloudWatchClient(settings);
        const command = new ListMetricsCommand({
          Namespace: 'AWS/ApiGateway',
          MetricName: COUNTS[0][1],
          Dimensions: dimensions({ ApiName: apiName, Stage: stage }),
        });
        const { Metrics = [] } = await sendOnce(client, client.send(command, options));
        return Metrics.flatMap(({ Dimensions = [] }) => {
          const value = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
          const method = value('Method');
          const resource = value('Resource');
          return method === undefined || resource === undefined ? [] : [{ method, resource }];
        });
      }),
    cacheCounts: (call, { apiName, stage, from, to, methods }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { CloudWatchClient, GetMetricDataCommand } = await import('./awsSdk.js');
        const client = new CloudWatchClient(settings);
        const places = methods ?? [undefined];
        const command = new GetMetricDataCommand({
          StartTime: from,
          EndTime: to,
          MetricDataQueries: places.flatMap((place, index) =>
            COUNTS.map(([id, metric]) => ({
              Id: `${id}${index}`,
              MetricStat: {
                Metric: {
                  Namespace: 'AWS/ApiGateway',
                  MetricName: metric,
                  Dimensions: dimensions({
                    ApiName: apiName,
                    Stage: stage,
                    ...(place === undefined ? {} : { Method: place.method, Resource: place.resource }),
                  }),
                },
                Period: 60,
                Stat: 'Sum',
              },
            })),
          ),
        });
        const { MetricDataResults = [] } = await sendOnce(client, client.send(command, options));
        return places.map((_, index) => countsOf(MetricDataResults, index));
      }),
  };
}

function dimensions(values: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** The counts of one place, minute by minute. */
function countsOf(results: readonly MetricDataResult[], index: number): CacheCounts {
  const minutes = new Map<number, { hits: number; misses: number }>();
  for (const [id] of COUNTS) {
    for (const { Timestamps = [], Values = [] } of results.filter(({ Id }) => Id === `${id}${index}`)) {
      for (const [at, time] of Timestamps.entries()) {
        const minute = minutes.get(time.getTime()) ?? { hits: 0, misses: 0 };
        minute[id] += Values[at] ?? 0;
        minutes.set(time.getTime(), minute);
      }
    }
  }
  const sorted = [...minutes].sort(([left], [right]) => left - right);
  const sum = (id: 'hits' | 'misses') => sorted.reduce((total, [, minute]) => total + minute[id], 0);
  return {
    hits: sum('hits'),
    misses: sum('misses'),
    minutes: sorted.map(([time, minute]) => ({ at: new Date(time), ...minute })),
  };
}

/** What GetResources gives at most, and far more pages than an API may have resources for. */
const PAGE_SIZE = 500;
const MAX_PAGES = 20;

/** The metrics of a stage's cache, by the ids of their queries. */
const COUNTS = [
  ['hits', 'CacheHitCount'],
  ['misses', 'CacheMissCount'],
] as const;

/**
 * Sends one command and closes the client, which would keep the connection for a next call. Every answer of AWS has a
 * request id; the SDK takes any 200 for one, such as the page of a proxy.
 */
async function sendOnce<Answer extends { readonly $metadata: { readonly requestId?: string | undefined } }>(
  client: { destroy(): void },
  answer: Promise<Answer>,
): Promise<Answer> {
  try {
    const { $metadata } = await answer;
    if ($metadata.requestId === undefined) {
      throw Object.assign(new Error('An answer without a request ID.'), { code: 'FOREIGN_ANSWER' });
    }
    return await answer;
  } finally {
    client.destroy();
  }
}

type ClientSettings = ReturnType<typeof clientSettings>;

async function attempt<T>(
  { signal, timeoutMs, endpoint, ...call }: ControlCall,
  agentFor: AgentFor,
  run: (settings: ClientSettings, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<ControlOutcome<T>> {
  const started = performance.now();
  const url = new URL(endpoint);
  const failure = (kind: SendFailureKind): ControlOutcome<T> => ({
    kind: 'failure',
    failure: {
      kind,
      message: FAILURE_MESSAGES[kind](url.hostname),
      totalMs: Math.round(performance.now() - started),
    },
  });
  const end = new AbortController();
  const taken: { route?: Route } = {};
  const work = async (): Promise<ControlOutcome<T>> => {
    try {
      taken.route = await agentFor(url);
      const settings = clientSettings({ ...call, endpoint }, taken.route.agent);
      return { kind: 'answer', value: await run(settings, { abortSignal: end.signal }) };
    } catch (error) {
      const told = whatWentWrong(error, taken.route?.way ?? 'direct');
      return typeof told === 'string' ? failure(told) : { kind: 'error', error: told };
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let cancel: (() => void) | undefined;
  // The SDK does not settle on every answer (a 101, for one), so nobody waits for it alone.
  const given = new Promise<ControlOutcome<T>>((resolve) => {
    timer = setTimeout(() => resolve(failure('timeout')), timeoutMs);
    cancel = () => resolve(failure('cancelled'));
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted === true) {
      cancel();
    }
  });
  try {
    return await Promise.race([given, work()]);
  } finally {
    clearTimeout(timer);
    if (cancel !== undefined) {
      signal?.removeEventListener('abort', cancel);
    }
    end.abort();
    taken.route?.close();
  }
}

function whatWentWrong(error: unknown, way: Route['way']): SendFailureKind | ControlError {
  const told = serviceError(error);
  if (told === undefined || networkKind(error, way) !== undefined) {
    return failureKind(error, way);
  }
  if (told.status === 407) {
    return 'proxy';
  }
  // An error of the SDK about an answer that it could not read: no service of AWS wrote that.
  return told.errorType === 'Error' || told.errorType === 'SyntaxError' || told.status < 400
    ? 'foreign'
    : told;
}

function clientSettings(
  { region, endpoint, keys }: Pick<ControlCall, 'region' | 'endpoint' | 'keys'>,
  agent: http.Agent | undefined,
) {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  return {
    region,
    endpoint,
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    // Nobody is told about tries in between, and a flush that was answered is not sent again.
    maxAttempts: 1,
    // The address is chosen: with these, which the environment or a profile may ask for, the SDK would refuse it.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ...(agent === undefined ? {} : { requestHandler: { httpsAgent: agent } }),
  };
}

/** The SDK marks what a service answered with the answer's status; anything else never got that far. */
function serviceError(error: unknown): ControlError | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) {
    return undefined;
  }
  const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
  if (httpStatusCode === undefined) {
    return undefined;
  }
  return { status: httpStatusCode, errorType: error.name, message: error.message };
}

/** The cache settings of a stage; its variables and tags are not needed. */
function describe(stage: Stage): StageDescription {
  const {
    cacheClusterEnabled,
    cacheClusterSize,
    cacheClusterStatus,
    methodSettings,
    canarySettings,
    deploymentId,
  } = stage;
  return {
    cacheClusterEnabled,
    cacheClusterSize,
    cacheClusterStatus,
    deploymentId,
    methodSettings: Object.fromEntries(
      Object.entries(methodSettings ?? {})
        .filter(([, settings]) => settings !== null)
        .map(([key, settings]): [string, MethodCacheSettings] => [
          key,
          {
            cachingEnabled: settings.cachingEnabled,
            cacheTtlInSeconds: settings.cacheTtlInSeconds,
            cacheDataEncrypted: settings.cacheDataEncrypted,
            requireAuthorizationForCacheControl: settings.requireAuthorizationForCacheControl,
            unauthorizedCacheControlHeaderStrategy: settings.unauthorizedCacheControlHeaderStrategy,
          },
        ]),
    ),
    ...(canarySettings === undefined
      ? {}
      : {
          canary: {
            percentTraffic: canarySettings.percentTraffic ?? 0,
            useStageCache: canarySettings.useStageCache ?? false,
            deploymentId: canarySettings.deploymentId,
          },
        }),
  };
}
