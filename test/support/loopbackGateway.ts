import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { LoggedRequest, LoopbackGatewayConfig } from './loopback/config';
import { manage, serviceOf } from './loopback/control';
import { execute } from './loopback/execute';
import { write } from './loopback/reply';
import { parseAuthorization } from './loopback/signature';
import type { GatewayState } from './loopback/state';

export type * from './loopback/config';
export { isAllowed } from './loopback/policy';

export interface LoopbackGateway {
  /** Such as `http://127.0.0.1:40123`. The management services answer there. */
  readonly url: string;
  readonly port: number;
  /** A template for a target's endpoint: `{apiId}` stands for the API's id. */
  readonly endpoint: string;
  readonly requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

/**
 * A gateway on 127.0.0.1 that treats cache invalidation as API Gateway documents it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html): it verifies
 * signatures with aws4, which shares no code with the product's signer, evaluates the caller's policy, and keeps
 * a cache per key. Beside it are those operations of the management services that the product and the AWS SDK's
 * sources of credentials call. Where AWS leaves a detail open the comment at the place says what was chosen.
 * It listens when the promise resolves.
 */
export async function startLoopbackGateway(config: LoopbackGatewayConfig): Promise<LoopbackGateway> {
  const requests: LoggedRequest[] = [];
  const state: GatewayState = {
    config,
    now: config.now ?? (() => new Date()),
    callers: [...config.callers],
    cache: new Map(),
    fetches: new Map(),
    counts: new Map(),
    flushing: new Map(),
    arrivals: new Map(),
    turnedAway: new Map(),
  };
  const listener: http.RequestListener = (request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => requests.push(handle(state, request, response, Buffer.concat(body))));
  };
  const server =
    config.tls === undefined
      ? http.createServer(listener)
      : https.createServer(tlsOptions(config.tls), listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `${config.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    url,
    port,
    endpoint: `${url}/_aws/execute-api/{apiId}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function tlsOptions({ clientCa, ...pair }: NonNullable<LoopbackGatewayConfig['tls']>): https.ServerOptions {
  return clientCa === undefined
    ? pair
    : { ...pair, ca: clientCa, requestCert: true, rejectUnauthorized: true };
}

function handle(
  state: GatewayState,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  body: Buffer,
): LoggedRequest {
  const authorization = parseAuthorization(request.headers.authorization);
  const service = serviceOf(request, authorization, body);
  const seen = {
    method: request.method ?? 'GET',
    path: request.url?.split('?')[0] ?? '/',
    headerNames: Object.keys(request.headers),
    cacheControl: request.headers['cache-control'],
    signedHeaders: typeof authorization === 'object' ? authorization.signedHeaders : [],
  };
  if (service === 'execute-api') {
    return { ...seen, ...execute(state, request, response, authorization, body) };
  }
  const { reply, callerArn } = manage(state, service, request, authorization, body);
  write(response, reply, state.now());
  return { ...seen, status: reply.status, cache: 'none', callerArn };
}
