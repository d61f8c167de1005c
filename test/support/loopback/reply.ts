import { randomUUID } from 'node:crypto';
import type * as http from 'node:http';
import type { Reply } from './config';

/** An error as API Gateway writes it. */
export function errorReply(status: number, errorType: string, message: string): Reply {
  const { body, headers } = json(status, { message });
  return { status, headers: { ...headers, 'x-amzn-ErrorType': errorType }, body };
}

export function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Sends the reply, with the date and the request ids that a REST API, or an HTTP API, gives its answers. */
export function write(
  response: http.ServerResponse,
  reply: Reply,
  date: Date,
  how: { readonly by?: 'http' | undefined; readonly transfer?: 'stream' | undefined } = {},
): void {
  response.writeHead(reply.status, {
    date: date.toUTCString(),
    ...(how.by === 'http'
      ? { 'apigw-requestid': randomUUID() }
      : { 'x-amzn-RequestId': randomUUID(), 'x-amz-apigw-id': randomUUID() }),
    ...reply.headers,
  });
  if (how.transfer === 'stream') {
    response.write(reply.body);
    response.end();
    return;
  }
  response.end(reply.body);
}

export function headerText(request: http.IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}

/** A time as signatures write it. */
export function compact(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}
