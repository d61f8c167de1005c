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
