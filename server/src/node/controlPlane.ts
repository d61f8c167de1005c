import type * as http from 'node:http';
import type { Stage } from '@aws-sdk/client-api-gateway';
import type {
  ControlCall,
  ControlError,
  ControlOutcome,
  ControlPlane,
  MethodCacheSettings,
  SendFailureKind,
  StageDescription,
} from '../gateway/host';
import { type AgentFor, FAILURE_MESSAGES, failureKind, type Route } from './network';

/**
 * The management side of AWS through its SDK. Each client is loaded when it is first called: neither the start of
 * the language server nor a lint pays for it.
 */
export function createControlPlane(agentFor: AgentFor): ControlPlane {
  return {
    callerIdentity: (call) =>
      attempt(call, agentFor, async (settings, options) => {
        const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
        const { Account, Arn } = await using(new STSClient(settings), (client) =>
          client.send(new GetCallerIdentityCommand({}), options),
        );
        return { accountId: Account ?? '', arn: Arn ?? '' };
      }),
    stage: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetStageCommand } = await import('@aws-sdk/client-api-gateway');
        const command = new GetStageCommand({ restApiId: apiId, stageName: stage });
        return describe(
          await using(new APIGatewayClient(settings), (client) => client.send(command, options)),
        );
      }),
    flushStageCache: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, FlushStageCacheCommand } = await import('@aws-sdk/client-api-gateway');
        const command = new FlushStageCacheCommand({ restApiId: apiId, stageName: stage });
        await using(new APIGatewayClient(settings), (client) => client.send(command, options));
        return undefined;
      }),
  };
}

/** A client keeps connections open for the next call, and there is none. */
async function using<Client extends { destroy(): void }, T>(
  client: Client,
  call: (client: Client) => Promise<T>,
): Promise<T> {
  try {
    return await call(client);
  } finally {
    client.destroy();
  }
}

type ClientSettings = ReturnType<typeof clientSettings>;

async function attempt<T>(
  call: ControlCall,
  agentFor: AgentFor,
  run: (settings: ClientSettings, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<ControlOutcome<T>> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(call.timeoutMs);
  const abortSignal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const url = new URL(call.endpoint);
  let way: Route['way'] = 'direct';
  const failure = (kind: SendFailureKind): ControlOutcome<T> => ({
    kind: 'failure',
    failure: {
      kind,
      message: FAILURE_MESSAGES[kind](url.hostname),
      totalMs: Math.round(performance.now() - started),
    },
  });
  try {
    const route = await agentFor(url);
    way = route.way;
    const settings = clientSettings(call, route.agent);
    return { kind: 'answer', value: await run(settings, { abortSignal }) };
  } catch (error) {
    if (call.signal?.aborted === true) {
      return failure('cancelled');
    }
    if (timeout.aborted) {
      return failure('timeout');
    }
    const told = serviceError(error);
    if (told === undefined) {
      return failure(failureKind(error, way));
    }
    if (told.status === 407) {
      return failure('proxy');
    }
    // An error of the SDK about an answer that it could not read: no service of AWS wrote that.
    return told.errorType === 'Error' || told.errorType === 'SyntaxError' || told.status < 400
      ? failure('foreign')
      : { kind: 'error', error: told };
  }
}

function clientSettings({ region, endpoint, keys }: ControlCall, agent: http.Agent | undefined) {
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

/** What of a stage concerns its cache; its variables and tags are none of our business. */
function describe(stage: Stage): StageDescription {
  const { cacheClusterEnabled, cacheClusterSize, cacheClusterStatus, methodSettings, canarySettings } = stage;
  return {
    cacheClusterEnabled,
    cacheClusterSize,
    cacheClusterStatus,
    methodSettings: Object.fromEntries(
      Object.entries(methodSettings ?? {}).map(([key, settings]): [string, MethodCacheSettings] => [
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
          },
        }),
  };
}
