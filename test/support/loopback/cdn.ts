import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Cdn {
  readonly url: string;
  readonly port: number;
  /** A template for a target's endpoint. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface CdnConfig {
  /** Where the gateway listens. */
  readonly origin: string;
  /** What the network says of an answer from its cache, and of one that it fetched. */
  readonly headers: (from: 'cache' | 'origin') => Readonly<Record<string, string>>;
  /** `strip` is what CloudFront does unless it is told otherwise. */
  readonly authorization: 'strip' | 'forward';
  /** Whether the network drops the headers by which API Gateway can be told. */
  readonly gatewayHeaders?: 'drop';
  /**
   * Whether Cache-Control of a request is obeyed, which no network does unless it is told, or not even handed on. It is
   * handed on unless given, as CloudFront does (Developer Guide, "Request and response behavior for custom origins").
   */
  readonly cacheControl?: 'obey' | 'strip';
  /** Speaks TLS with this certificate, as PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A content delivery network before the loopback gateway: it keeps good answers by their URL. */
export async function startCdn(config: CdnConfig): Promise<Cdn> {
  interface Kept {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
  }
  const kept = new Map<string, Kept>();
  const listener: http.RequestListener = (request, response) => {
    const url = request.url ?? '/';
    const answer = (from: 'cache' | 'origin', { status, headers, body }: Kept) => {
      response.writeHead(status, { ...headers, ...config.headers(from) });
      response.end(body);
    };
    const hit = kept.get(url);
    if (hit !== undefined && config.cacheControl !== 'obey') {
      answer('cache', hit);
      return;
    }
    const headers = { ...request.headers };
    if (config.authorization === 'strip') {
      delete headers.authorization;
    }
    if (config.cacheControl === 'strip') {
      delete headers['cache-control'];
    }
    const forward = http.request(
      `${config.origin}${url}`,
      { method: request.method, headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const own = { ...incoming.headers };
          if (config.gatewayHeaders === 'drop') {
            delete own['x-amzn-requestid'];
            delete own['x-amz-apigw-id'];
          }
          const fetched = { status: incoming.statusCode ?? 502, headers: own, body: Buffer.concat(chunks) };
          if (fetched.status < 400) {
            kept.set(url, fetched);
          }
          answer('origin', fetched);
        });
      },
    );
    request.pipe(forward);
  };
  const server =
    config.tls === undefined ? http.createServer(listener) : https.createServer(config.tls, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `${config.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    url,
    port,
    endpoint: `${url}/_aws/execute-api/{apiId}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
