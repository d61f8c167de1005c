import { partitionById } from '../core/index';
import { encodePath, encodeStrict } from './encoding';
import { type Address, addressOf } from './endpoint';
import type { InvalidationTarget, NameValue } from './target';
import { validateTarget } from './targetProblems';

/** A request exactly as it goes over the wire: nothing may encode or normalise it further. */
export interface GatewayRequest {
  readonly method: string;
  readonly protocol: 'http:' | 'https:';
  /** A name or an address, IPv6 without brackets. */
  readonly hostname: string;
  /** Absent for the protocol's own port. */
  readonly port: number | undefined;
  /** The name that TLS asks for and checks, where it is not the host name. */
  readonly serverName?: string | undefined;
  /** Path and query. */
  readonly path: string;
  /** Lower-case names, `host` among them. */
  readonly headers: readonly NameValue[];
}

/** Why the request is made: to renew the entry, or only to read what other callers get. */
export type RequestPurpose = 'invalidate' | 'read';

/** The target's resource as an ARN; an unknown account is written as `*`. */
export function targetArn(target: InvalidationTarget): string {
  return `${stageArn(target)}/${target.method}/${target.path}`;
}

/** What the ARNs of a stage's requests begin with, the slash behind it left out. */
export function stageArn({ partition, region, accountId = '*', apiId, stage }: InvalidationTarget): string {
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}`;
}

/**
 * The request for a target. Throws a TypeError for a target with problems: callers validate first.
 *
 * Path segments keep what RFC 3986 allows in a segment (so `@connections`, `$` and `:` stay raw) and octets that
 * are already encoded; everything else is encoded as UTF-8. In the query only unreserved characters stay.
 */
export function buildRequest(
  target: InvalidationTarget,
  purpose: RequestPurpose = 'invalidate',
): GatewayRequest {
  const [problem] = validateTarget(target);
  const partition = partitionById(target.partition);
  if (problem !== undefined || partition === undefined) {
    throw new TypeError(problem?.message ?? 'The partition is unknown.');
  }
  const { url: base, prefix, host, serverName } = addressOf(target, partition);
  const query = target.query.map(([name, value]) => `${encodeStrict(name)}=${encodeStrict(value)}`).join('&');
  return {
    method: target.method,
    protocol: base.protocol === 'http:' ? 'http:' : 'https:',
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port === '' ? undefined : Number(base.port),
    ...(serverName === undefined ? {} : { serverName }),
    path: `${prefix}/${encodePath(target.path)}${query === '' ? '' : `?${query}`}`,
    headers: requestHeaders(target, { url: base, host }, purpose),
  };
}

/** The request's URL for people and for logs. */
export function requestUrl(request: GatewayRequest): string {
  const port = request.port === undefined ? '' : `:${request.port}`;
  const name = request.hostname.includes(':') ? `[${request.hostname}]` : request.hostname;
  return `${request.protocol}//${name}${port}${request.path}`;
}

function requestHeaders(
  target: InvalidationTarget,
  { url, host }: Pick<Address, 'url' | 'host'>,
  purpose: RequestPurpose,
): readonly NameValue[] {
  const own = target.headers.map(([name, value]): NameValue => [name.toLowerCase(), value]);
  const given = new Set(own.map(([name]) => name));
  const fixed: NameValue[] = [
    ['accept', '*/*'],
    // AWS WAF's common rule set refuses requests without a user agent (rule NoUserAgent_HEADER).
    ['user-agent', 'iam-policy-tools'],
  ];
  return [
    ['host', host ?? url.host],
    // A VPC endpoint leads to every private API of its network, so the request has to say which one is meant:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
    ...(host === undefined && url.hostname.includes('.vpce.')
      ? [['x-apigw-api-id', target.apiId] as const]
      : []),
    ...(purpose === 'invalidate' ? [['cache-control', 'max-age=0'] as const] : []),
    ...fixed.filter(([name]) => !given.has(name)),
    ...own,
  ];
}
