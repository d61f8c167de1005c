import { partitionById } from '../core/index';
import { encodePath, encodeStrict } from './encoding';
import { type Address, addressOf } from './endpoint';
import { validateTarget } from './targetProblems';

/** A name and its value, as in a query string or a header list: order and spelling are the caller's. */
export type NameValue = readonly [name: string, value: string];

/**
 * One cache entry of a REST API's stage, named the way a request names it.
 *
 * The fields are those of an execute-api ARN. API Gateway caches per key, built from the concrete path and
 * from those query parameters and headers that the method declares as cache keys
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html), so a target has
 * no wildcards and carries the query and headers of the entry that is meant.
 */
export interface InvalidationTarget {
  readonly partition: string;
  readonly region: string;
  /** The API owner's account, where it is known; it is no part of the request. */
  readonly accountId?: string | undefined;
  readonly apiId: string;
  readonly stage: string;
  readonly method: string;
  /** Without the slash that separates it from the method in the ARN; octets already written as %XX are kept. */
  readonly path: string;
  /** Decoded names and values; they are encoded when the request is built. */
  readonly query: readonly NameValue[];
  readonly headers: readonly NameValue[];
  /**
   * Where the API is reached if not at its default endpoint: a URL whose `{apiId}` and `{region}` are filled in,
   * such as `http://127.0.0.1:4566/_aws/execute-api/{apiId}`. The stage and the path are appended.
   */
  readonly endpoint?: string | undefined;
  /**
   * The API's own host name, where the endpoint is another one that leads to it: a VPC endpoint, or a tunnel to it on
   * this machine. It is what the request and its signature name.
   */
  readonly host?: string | undefined;
  /**
   * A custom domain in place of the default endpoint: it is the domain's mapping that leads to the stage. Only ever
   * one that a person has configured on this machine, which the shells see to. Beside an endpoint that is a VPC endpoint
   * or on this machine, it is a private custom domain that is reached there.
   */
  readonly domain?: CustomDomain | undefined;
}

/** A custom domain name, and where under it the stage is mapped. */
export interface CustomDomain {
  /** In lower case. */
  readonly name: string;
  /** Without slashes around it; empty for a mapping of the whole domain. */
  readonly basePath: string;
}

/** The part of a target that the control plane knows: a stage and where it is. */
export type StagePlace = Pick<InvalidationTarget, 'partition' | 'region' | 'apiId' | 'stage'>;

export type TargetProblemKind =
  | 'wildcard'
  | 'parameter'
  | 'partition-unknown'
  | 'region-unknown'
  | 'region-mismatch'
  | 'api-id'
  | 'stage'
  | 'http-api'
  | 'websocket'
  | 'connections'
  | 'authorizer'
  | 'domain-name'
  | 'method'
  | 'path-leading-slash'
  | 'path-dot-segment'
  | 'control-character'
  | 'encoding'
  | 'query-name'
  | 'header-name'
  | 'header-reserved'
  | 'header-duplicate'
  | 'header-value'
  | 'endpoint'
  | 'endpoint-userinfo'
  | 'endpoint-insecure'
  | 'endpoint-host'
  | 'host'
  | 'domain';

/** Why a target cannot be invalidated as it stands. */
export interface TargetProblem {
  readonly kind: TargetProblemKind;
  readonly field: keyof InvalidationTarget;
  readonly message: string;
}

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

/** Why the request is made: to have the entry fetched anew, or only to read what a plain caller gets. */
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
