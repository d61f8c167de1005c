import { bearerHeader } from './bearer';
import type { ClientCertificate, GatewayHost, SendOutcome } from './host';
import { orCancelled } from './identity';
import { buildRequest, type GatewayRequest, type RequestPurpose } from './request';
import { type AwsKeys, signRequest } from './sign';
import type { InvalidationTarget } from './target';

export interface ExchangeOptions {
  /** Unsigned without them. */
  readonly keys: AwsKeys | undefined;
  /** Sent as `x-api-key`, signed or not. */
  readonly apiKey: string | undefined;
  /** Sent as `Authorization`, which then holds no signature. */
  readonly bearer?: string | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Added to this machine's clock for the signature. */
  readonly clockOffsetMs?: number | undefined;
  readonly onSigned?: (() => void) | undefined;
}

/** One request and what came of it. */
export interface Exchange {
  readonly request: GatewayRequest;
  readonly outcome: SendOutcome;
  /** By this machine's clock. */
  readonly sentAt: Date;
}

/** Enough for any error of API Gateway, and for a look at an answer. */
const MAX_BODY_BYTES = 64 * 1024;

/** What API Gateway caches is no larger (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
export const MAX_CACHED_BYTES = 1024 * 1024;

/** Signs and sends one request for a target without problems. Never rejects; cancelling takes effect at any point. */
export async function exchange(
  host: GatewayHost,
  target: InvalidationTarget,
  purpose: RequestPurpose,
  options: ExchangeOptions,
): Promise<Exchange> {
  const { keys, clientCertificate, timeoutMs, signal, clockOffsetMs = 0 } = options;
  const sentAt = host.now();
  const plain = withSecrets(buildRequest(target, purpose), options);
  const request =
    keys === undefined
      ? plain
      : await signRequest(plain, keys, {
          service: 'execute-api',
          region: target.region,
          date: new Date(sentAt.getTime() + clockOffsetMs),
        });
  options.onSigned?.();
  const outcome = await orCancelled(
    host.send(request, {
      timeoutMs,
      maxBodyBytes: purpose === 'read' ? MAX_CACHED_BYTES : MAX_BODY_BYTES,
      // One more tells that a response is too large to be cached.
      maxCountedBytes: MAX_CACHED_BYTES + 1,
      clientCertificate,
      signal,
    }),
    { signal, cancelled: CANCELLED },
  );
  return { request, outcome, sentAt };
}

export const CANCELLED: SendOutcome = {
  kind: 'failure',
  failure: { kind: 'cancelled', message: 'Cancelled.', totalMs: 0 },
};

function withSecrets(
  request: GatewayRequest,
  { apiKey, bearer }: Pick<ExchangeOptions, 'apiKey' | 'bearer'>,
): GatewayRequest {
  return {
    ...request,
    headers: [
      ...request.headers,
      ...(apiKey === undefined ? [] : [['x-api-key', apiKey] as const]),
      ...(bearer === undefined ? [] : [['authorization', bearerHeader(bearer)] as const]),
    ],
  };
}
