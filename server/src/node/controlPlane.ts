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
import { type AgentFor, FAILURE_MESSAGES, failureKind } from './network';

/**
 * The management side of AWS through its SDK. Each client is loaded when it is first called: neither the start of
 * the language server nor a lint pays for it.
 */
export function createControlPlane(agentFor: AgentFor): ControlPlane {
  return {
    callerIdentity: (call) =>
      attempt(call, agentFor, async (settings, options) => {
        const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
        const { Account, Arn } = await new STSClient(settings).send(
          new GetCallerIdentityCommand({}),
          options,
        );
        return { accountId: Account ?? '', arn: Arn ?? '' };
      }),
    stage: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, GetStageCommand } = await import('@aws-sdk/client-api-gateway');
        const command = new GetStageCommand({ restApiId: apiId, stageName: stage });
        return describe(await new APIGatewayClient(settings).send(command, options));
      }),
    flushStageCache: (call, { apiId, stage }) =>
      attempt(call, agentFor, async (settings, options) => {
        const { APIGatewayClient, FlushStageCacheCommand } = await import('@aws-sdk/client-api-gateway');
        const command = new FlushStageCacheCommand({ restApiId: apiId, stageName: stage });
        await new APIGatewayClient(settings).send(command, options);
        return undefined;
      }),
  };
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
  const failure = (kind: SendFailureKind): ControlOutcome<T> => ({
    kind: 'failure',
    failure: {
      kind,
      message: FAILURE_MESSAGES[kind](url.hostname),
      totalMs: Math.round(performance.now() - started),
    },
  });
  try {
    const settings = clientSettings(call, await agentFor(url));
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
      return failure(failureKind(error));
    }
    // An error of the SDK about an answer that it could not read: no service of AWS wrote that.
    return told.errorType === 'Error' || told.errorType === 'SyntaxError' || told.status < 400
      ? failure('protocol')
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
    // Trying again is the engine's, which tells about it.
    maxAttempts: 1,
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
  const headers = '$response' in error ? headersOf(error.$response) : {};
  const date = Date.parse(headers.date ?? '');
  return {
    status: httpStatusCode,
    errorType: error.name,
    message: error.message,
    ...(Number.isNaN(date) ? {} : { serverTime: new Date(date) }),
    ...(headers['retry-after'] === undefined ? {} : { retryAfter: headers['retry-after'] }),
  };
}

function headersOf(response: unknown): Readonly<Record<string, string | undefined>> {
  return (
    (response as { readonly headers?: Readonly<Record<string, string | undefined>> } | undefined)?.headers ??
    {}
  );
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
