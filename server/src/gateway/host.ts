import type { GatewayRequest } from './request';
import type { AwsKeys } from './sign';
import type { NameValue } from './target';

/**
 * What the invalidation engine needs of the world. A host never throws and never rejects: what goes wrong is
 * an outcome, and no outcome or log line of a host holds a secret.
 */
export interface GatewayHost {
  now(): Date;
  /** Sends the request byte for byte, and follows no redirect. */
  send(request: GatewayRequest, options: SendOptions): Promise<SendOutcome>;
  credentials(options: CredentialOptions): Promise<CredentialsOutcome>;
  readonly control: ControlPlane;
  /** Settles after that time, or at once when the signal fires. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** How this machine reaches others. */
export interface NetworkSettings {
  /** A URL, or a host and a port. It may hold a password, so it is never shown. */
  readonly proxy: string | undefined;
  /** Hosts that are reached without the proxy. */
  readonly noProxy: readonly string[];
  /** Whether the certificate of the proxy itself is verified; that of an API always is. */
  readonly proxyCertificate: 'verified' | 'unverified';
  /** Files with certificate authorities to trust beside Node's own, as PEM. */
  readonly caFiles: readonly string[];
  /** Whether authorities of the operating system count, where the runtime can read them. */
  readonly systemAuthorities: 'trusted' | 'ignored';
}

/** The control plane of AWS, read and changed only when a person asked. */
export interface ControlPlane {
  callerIdentity(call: ControlCall): Promise<ControlOutcome<CallerIdentity>>;
  stage(call: ControlCall, stage: StageName): Promise<ControlOutcome<StageDescription>>;
  flushStageCache(call: ControlCall, stage: StageName): Promise<ControlOutcome<undefined>>;
  /** What the stage's authorizers answered before. */
  flushAuthorizersCache(call: ControlCall, stage: StageName): Promise<ControlOutcome<undefined>>;
  /** Every resource of an API's definition. */
  resources(call: ControlCall, apiId: string): Promise<ControlOutcome<readonly ApiResource[]>>;
  integration(call: ControlCall, method: MethodName): Promise<ControlOutcome<IntegrationDescription>>;
  /** The names of an API's stages. */
  stageNames(call: ControlCall, apiId: string): Promise<ControlOutcome<readonly string[]>>;
  /** What a stage serves as it is deployed, as OpenAPI in JSON with the extensions for integrations. */
  exportedApi(call: ControlCall, stage: StageName): Promise<ControlOutcome<string>>;
  apiName(call: ControlCall, apiId: string): Promise<ControlOutcome<string>>;
  /** The methods of a stage that CloudWatch counts on their own: those with detailed metrics. */
  countedMethods(
    call: ControlCall,
    stage: Pick<CountedStage, 'apiName' | 'stage'>,
  ): Promise<ControlOutcome<readonly CountedMethod[]>>;
  /** In the order of the methods; those of the whole stage where there are none. */
  cacheCounts(call: ControlCall, wanted: CountedStage): Promise<ControlOutcome<readonly CacheCounts[]>>;
}

/** By whom, and where to. */
export interface ControlCall {
  readonly keys: AwsKeys;
  readonly region: string;
  /** The service's address. The engine has checked it: it is AWS's or this machine's. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface StageName {
  readonly apiId: string;
  readonly stage: string;
}

/** A resource, as GetResources tells of it. */
export interface ApiResource {
  readonly id: string;
  /** Such as `/pets/{petId}`. */
  readonly path: string;
  /** `ANY` among them. */
  readonly methods: readonly string[];
}

export interface MethodName {
  readonly apiId: string;
  readonly resourceId: string;
  readonly method: string;
}

/** What GetIntegration tells of a method's cache; a member is absent where the answer does not have it. */
export interface IntegrationDescription {
  readonly cacheKeyParameters?: readonly string[] | undefined;
  readonly cacheNamespace?: string | undefined;
  readonly requestParameters?: Readonly<Record<string, string>> | undefined;
  readonly responseTransferMode?: string | undefined;
}

/** A stage as CloudWatch knows it, and a span of time. */
export interface CountedStage {
  readonly apiName: string;
  readonly stage: string;
  readonly from: Date;
  readonly to: Date;
  /** Only these, each on its own; the whole stage unless given. */
  readonly methods?: readonly CountedMethod[] | undefined;
}

/** A method as CloudWatch knows it. */
export interface CountedMethod {
  readonly method: string;
  /** Such as `/pets/{petId}`. */
  readonly resource: string;
}

export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  /** The minutes in which something was counted, the oldest first. */
  readonly minutes: readonly CountedMinute[];
}

export interface CountedMinute {
  /** When it began. */
  readonly at: Date;
  readonly hits: number;
  readonly misses: number;
}

export type ControlOutcome<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'error'; readonly error: ControlError }
  | { readonly kind: 'failure'; readonly failure: SendFailure };

/** What a service answered instead of doing what it was asked. */
export interface ControlError {
  readonly status: number;
  readonly errorType: string;
  readonly message: string;
}

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** What GetStage tells of a stage's cache; a member is absent where the answer does not have it. */
export interface StageDescription {
  readonly cacheClusterEnabled?: boolean | undefined;
  /** In GB, as a string of an enumeration. */
  readonly cacheClusterSize?: string | undefined;
  readonly cacheClusterStatus?: string | undefined;
  /** What the stage serves beside its canary. */
  readonly deploymentId?: string | undefined;
  /** By `*`, a slash and `*` for the whole stage, and by resource path and method for an override. */
  readonly methodSettings: Readonly<Record<string, MethodCacheSettings>>;
  readonly canary?:
    | {
        readonly percentTraffic: number;
        readonly useStageCache: boolean;
        readonly deploymentId?: string | undefined;
      }
    | undefined;
}

export interface MethodCacheSettings {
  readonly cachingEnabled?: boolean | undefined;
  readonly cacheTtlInSeconds?: number | undefined;
  readonly cacheDataEncrypted?: boolean | undefined;
  readonly requireAuthorizationForCacheControl?: boolean | undefined;
  readonly unauthorizedCacheControlHeaderStrategy?: string | undefined;
}

export interface SendOptions {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  /** More than this is not kept: the body is cut, which is no failure. */
  readonly maxBodyBytes: number;
  /** What is not kept is still counted up to this many bytes of the whole; not at all unless given. */
  readonly maxCountedBytes?: number | undefined;
  /** What the client shows of itself where the server asks for it: mutual TLS. */
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Files, as PEM. Their content never leaves the host. */
export interface ClientCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

export type SendOutcome =
  | { readonly kind: 'response'; readonly response: GatewayResponse }
  | { readonly kind: 'failure'; readonly failure: SendFailure };

export interface GatewayResponse {
  readonly status: number;
  /** In the order and spelling received. */
  readonly headers: readonly NameValue[];
  /** The body's beginning as text, octets that are no UTF-8 replaced. */
  readonly body: string;
  /** How many bytes were kept. */
  readonly bodyBytes: number;
  /** How many bytes were counted; as many as were kept unless given. */
  readonly countedBytes?: number | undefined;
  /** SHA-256 of the bytes that were kept, in hexadecimal: tells bodies apart without keeping them. */
  readonly bodyDigest: string;
  /** Whether there was more than was kept. */
  readonly truncated: boolean;
  readonly timings: Timings;
}

/** Milliseconds since the request was started. */
export interface Timings {
  readonly firstByteMs: number;
  readonly totalMs: number;
}

export type SendFailureKind =
  | 'dns'
  | 'refused'
  | 'network'
  | 'settings'
  | 'certificate-files'
  | 'proxy'
  | 'tls'
  | 'client-certificate'
  | 'timeout'
  | 'cancelled'
  | 'closed'
  | 'too-large'
  | 'protocol'
  | 'foreign';

export interface SendFailure {
  readonly kind: SendFailureKind;
  /** One line, for people. */
  readonly message: string;
  /** The status, where the answer had begun before it broke off. */
  readonly status?: number | undefined;
  readonly totalMs: number;
}

export interface CredentialOptions {
  /** A profile of the shared configuration files; without it the default chain decides. */
  readonly profile?: string | undefined;
  /** Where a source that needs a Region looks, unless its profile names one. */
  readonly region?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type CredentialsOutcome =
  | { readonly kind: 'credentials'; readonly credentials: ResolvedCredentials }
  | { readonly kind: 'failure'; readonly failure: CredentialsFailure };

/** Where credentials come from that a person renews by logging in. */
export const PROVENANCE = { sso: 'a browser login (SSO)', login: 'a browser login' } as const;

export interface ResolvedCredentials {
  readonly keys: AwsKeys;
  /** Where they come from, in words. */
  readonly provenance: string;
  readonly profile?: string | undefined;
  /** The caller's account, where the source of the credentials told it. */
  readonly accountId?: string | undefined;
  readonly expiration?: Date | undefined;
}

export type CredentialsFailureKind =
  | 'no-credentials'
  | 'profile-not-found'
  | 'sso-login-expired'
  | 'login-expired'
  | 'mfa-required'
  | 'role-denied'
  | 'malformed-credentials'
  | 'credentials-failed'
  | 'cancelled';

export interface CredentialsFailure {
  readonly kind: CredentialsFailureKind;
  /** One line, for people. */
  readonly message: string;
}
