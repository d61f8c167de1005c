import * as http from 'node:http';
import * as aws4 from 'aws4';
import type { CallerConfig } from './loopbackGateway';

export interface PlainAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface PlainRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Signs with aws4, which signs every header that is sent, `cache-control` too. */
  readonly signedBy?: CallerConfig;
  readonly region?: string;
}

/** A request by somebody who is not the product: what any other client of the API would get. */
export function plainRequest(wanted: PlainRequest): Promise<PlainAnswer> {
  const url = new URL(wanted.url);
  const options = {
    method: wanted.method ?? 'GET',
    hostname: url.hostname,
    port: url.port,
    path: wanted.url.slice(url.origin.length),
    headers: { host: url.host, ...wanted.headers },
    service: 'execute-api',
    region: wanted.region ?? 'us-east-1',
  };
  const signed = wanted.signedBy === undefined ? options : aws4.sign(options, wanted.signedBy);
  return new Promise((resolve, reject) => {
    const request = http.request({ ...signed, agent: false } as http.RequestOptions, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}
