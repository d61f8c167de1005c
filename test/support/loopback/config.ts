import type * as http from 'node:http';

/**
 * A gateway on 127.0.0.1 that treats cache invalidation as API Gateway documents it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html): it verifies
 * signatures with aws4, which shares no code with the product's signer, evaluates the caller's policy, and keeps
 * a cache per key. Where AWS leaves a detail open the comment at the place says what was chosen.
 */
export interface LoopbackGatewayConfig {
  readonly apis: readonly ApiConfig[];
  readonly callers: readonly CallerConfig[];
  /** What callers can assume through the security token service. */
  readonly roles?: readonly RoleConfig[];
  /** What a browser login can be exchanged for. */
  readonly logins?: readonly LoginConfig[];
  readonly customDomains?: readonly CustomDomainConfig[];
  /** Speaks TLS with this certificate, as PEM; plain http unless given. */
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    /** Turns away who has no certificate of this authority: mutual TLS. */
    readonly clientCa?: string;
  };
  /** The gateway's clock; the real one unless given. */
  readonly now?: () => Date;
  readonly port?: number;
}

export interface ApiConfig {
  readonly id: string;
  /** A REST API unless given; an HTTP API has no cache, no signatures of its own and other headers. */
  readonly kind?: 'http';
  /** `API` and the id unless given. CloudWatch drops what is beyond ASCII. */
  readonly name?: string;
  readonly region: string;
  readonly partition?: string;
  /** The owner of the API. */
  readonly accountId: string;
  readonly routes: readonly RouteConfig[];
  readonly stages: readonly StageConfig[];
  readonly apiKeys?: readonly string[];
}

export interface RouteConfig {
  readonly method: string;
  /** Such as `/pets/{petId}`; the last segment may be greedy, as in `{proxy+}`. */
  readonly path: string;
  /** `BEARER` is what a Cognito or Lambda authorizer looks like from outside; `DENIED` is one that always says no. */
  readonly auth: 'NONE' | 'AWS_IAM' | 'BEARER' | 'DENIED';
  /** Where the authorizer of a `BEARER` method looks, and what it takes; any bearer token unless given. */
  readonly authorizer?: {
    readonly identitySource?: `method.request.header.${string}`;
    readonly tokens: readonly string[];
  };
  readonly apiKey?: 'required';
  /**
   * Absent for a method that is not cached. The path's parameters are part of the key only if named. Methods of one
   * namespace share entries; a resource is a namespace of its own unless another is given.
   */
  readonly cache?: { readonly keyParameters: readonly KeyParameter[]; readonly namespace?: string };
  /** Hands the response on as it comes; nothing of that is cached. */
  readonly transfer?: 'stream';
  /** What stands behind the method; unless given, a body that counts how often it was fetched. */
  readonly integration?: Integration;
}

export type KeyParameter = `method.request.${'path' | 'querystring' | 'header'}.${string}`;

export interface StageConfig extends CacheSettings {
  readonly name: string;
  readonly cache: 'on' | 'off';
  /** In GB, as the enumeration of API Gateway spells it; `0.5` unless given. */
  readonly cacheSize?: string;
  /** What the cluster is doing, where it is not simply there. */
  readonly cacheStatus?: string;
  /** `none` for a stage that has a cluster and no settings, not even for all methods: nothing is cached. */
  readonly settings?: 'none';
  /** By resource path and method, in whatever spelling GetStage is to show: `~1pets/GET`, `pets/GET`. */
  readonly overrides?: Readonly<Record<string, Partial<CacheSettings> & { readonly caching?: 'on' | 'off' }>>;
  readonly deploymentId?: string;
  /** Takes its share of the requests evenly: with 50 percent the second, the fourth and so on. */
  readonly canary?: {
    readonly percentTraffic: number;
    readonly useStageCache: boolean;
    readonly deploymentId?: string;
  };
  /** Counts each method on its own as well. */
  readonly detailedMetrics?: true;
  /** How often GetStage is to tell that the stage is being flushed before it is: as long its entries stay. */
  readonly slowFlush?: number;
  /** The first requests to the stage are turned away. */
  readonly throttle?: { readonly requests: number; readonly retryAfter?: string };
}

export interface CacheSettings {
  /** Seconds; 0 switches caching off. 300 unless given. */
  readonly ttlSeconds?: number;
  readonly encrypted?: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: UnauthorizedStrategy;
}

export type UnauthorizedStrategy =
  | 'FAIL_WITH_403'
  | 'SUCCEED_WITH_RESPONSE_HEADER'
  | 'SUCCEED_WITHOUT_RESPONSE_HEADER';

export interface CallerConfig {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the session token ends. */
  readonly expiresAt?: Date;
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
}

export interface RoleConfig {
  readonly arn: string;
  /** Access key ids of those who may assume it. */
  readonly trusts: readonly string[];
  /** Without the code of this device it cannot be assumed. */
  readonly mfa?: { readonly serial: string; readonly code: string };
  /** A token that assumes it without any key. */
  readonly webIdentityToken?: string;
  /** The keys that whoever assumes it gets. */
  readonly session: CallerConfig;
}

export interface LoginConfig {
  /** The access token that the browser login left in its cache. */
  readonly accessToken: string;
  /** Exchanged for the access token when that one is over. */
  readonly refreshToken?: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly session: CallerConfig;
}

export interface CustomDomainConfig {
  readonly name: string;
  /** Without slashes; empty for the whole domain. */
  readonly basePath: string;
  readonly apiId: string;
  readonly stage: string;
}

export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Answers with a reply, which may be cached, or takes over the raw response to misbehave. */
export type Integration =
  | { readonly kind: 'reply'; readonly reply: (call: IntegrationCall) => Reply }
  | { readonly kind: 'raw'; readonly handle: (response: http.ServerResponse) => void };

export interface IntegrationCall {
  /** As sent, the stage left out. */
  readonly path: string;
  /** That of the stage, or that of its canary. */
  readonly deploymentId: string;
  /** How often this path has been fetched, this time included. */
  readonly fetches: number;
  readonly headers: http.IncomingHttpHeaders;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request as the gateway saw it, without the values of its query and headers (but that of Cache-Control). */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly headerNames: readonly string[];
  readonly cacheControl: string | undefined;
  readonly signedHeaders: readonly string[];
  readonly callerArn: string | undefined;
  readonly status: number;
  readonly cache: 'none' | 'hit' | 'miss' | 'invalidated';
  /** The name of the entry that the request was about; absent where nothing is cached for it. */
  readonly entry?: string | undefined;
}
