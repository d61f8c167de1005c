import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as aws4 from 'aws4';

/**
 * A gateway on 127.0.0.1 that treats cache invalidation as API Gateway documents it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html): it verifies
 * signatures with aws4, which shares no code with the product's signer, evaluates the caller's policy, and keeps
 * a cache per key. Where AWS leaves a detail open the comment at the place says what was chosen.
 */
export interface LoopbackGatewayConfig {
  readonly apis: readonly ApiConfig[];
  readonly callers: readonly CallerConfig[];
  /** The gateway's clock; the real one unless given. */
  readonly now?: () => Date;
  readonly port?: number;
}

export interface ApiConfig {
  readonly id: string;
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
  readonly auth: 'NONE' | 'AWS_IAM';
  readonly apiKey?: 'required';
  /** Absent for a method that is not cached. The path's parameters are part of the key only if named. */
  readonly cache?: { readonly keyParameters: readonly KeyParameter[] };
  /** What stands behind the method; unless given, a body that counts how often it was fetched. */
  readonly integration?: Integration;
}

export type KeyParameter = `method.request.${'path' | 'querystring' | 'header'}.${string}`;

export interface StageConfig {
  readonly name: string;
  readonly cache: 'on' | 'off';
  /** Seconds; 0 switches caching off. 300 unless given. */
  readonly ttlSeconds?: number;
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
  /** How often this path has been fetched, this time included. */
  readonly fetches: number;
  readonly headers: http.IncomingHttpHeaders;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request as the gateway saw it. It holds no header values but that of Cache-Control. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly headerNames: readonly string[];
  readonly cacheControl: string | undefined;
  readonly signedHeaders: readonly string[];
  readonly callerArn: string | undefined;
  readonly status: number;
  readonly cache: 'none' | 'hit' | 'miss' | 'invalidated';
}

export interface LoopbackGateway {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** A template for a target's endpoint: `{apiId}` stands for the API's id. */
  readonly endpoint: string;
  readonly requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

/** Starts the gateway; it listens when the promise resolves. */
export async function startLoopbackGateway(config: LoopbackGatewayConfig): Promise<LoopbackGateway> {
  const requests: LoggedRequest[] = [];
  const state: GatewayState = {
    config,
    now: config.now ?? (() => new Date()),
    cache: new Map(),
    fetches: new Map(),
  };
  const server = http.createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => requests.push(handle(state, request, response, Buffer.concat(body))));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    endpoint: `${url}${PREFIX}{apiId}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether the statements allow an action on an ARN: an explicit Deny wins, and silence is a no. */
export function isAllowed(statements: readonly PolicyStatement[], action: string, arn: string): boolean {
  const applies = (statement: PolicyStatement) =>
    list(statement.Action).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource).some((pattern) => glob(pattern, arn));
  const matching = statements.filter(applies);
  return (
    matching.some((statement) => statement.Effect === 'Allow') &&
    !matching.some((statement) => statement.Effect === 'Deny')
  );
}

const PREFIX = '/_aws/execute-api/';

/** Text of the header as other implementations have it; AWS documents only that there is one. */
const WARNING = '199 Cache-control headers were ignored because the caller was unauthorized.';

/** AWS accepts signatures for five minutes around its time. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

interface GatewayState {
  readonly config: LoopbackGatewayConfig;
  readonly now: () => Date;
  readonly cache: Map<string, { readonly reply: Reply; readonly expires: number }>;
  readonly fetches: Map<string, number>;
}

interface Match {
  readonly api: ApiConfig;
  readonly stage: StageConfig;
  readonly route: RouteConfig;
  /** As sent, with its leading slash. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly arn: string;
}

type CallerOutcome =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'caller'; readonly caller: CallerConfig }
  | { readonly kind: 'rejected'; readonly reply: Reply };

function handle(
  state: GatewayState,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  body: Buffer,
): LoggedRequest {
  const method = request.method ?? 'GET';
  const authorization = parseAuthorization(request.headers.authorization);
  const log = (
    status: number,
    cache: LoggedRequest['cache'] = 'none',
    callerArn?: string,
  ): LoggedRequest => ({
    method,
    path: request.url ?? '/',
    headerNames: Object.keys(request.headers),
    cacheControl: request.headers['cache-control'],
    signedHeaders: typeof authorization === 'object' ? authorization.signedHeaders : [],
    callerArn,
    status,
    cache,
  });
  const answer = (reply: Reply, cache?: LoggedRequest['cache'], callerArn?: string) => {
    write(response, reply, state.now());
    return log(reply.status, cache, callerArn);
  };

  const match = route(state, request);
  if (match === undefined) {
    // A REST API has no 404: an unknown path or method looks like an unsigned request.
    return answer(
      authorization === 'malformed'
        ? MALFORMED_AUTHORIZATION
        : errorReply(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
    );
  }

  const identified = identify(state, match, request, authorization, body);
  if (match.route.auth === 'AWS_IAM') {
    if (identified.kind === 'rejected') {
      return answer(identified.reply);
    }
    if (identified.kind === 'anonymous') {
      return answer(errorReply(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'));
    }
    if (!isAllowed(identified.caller.statements, 'execute-api:Invoke', match.arn)) {
      return answer(invokeDenied(identified.caller, match.arn), 'none', identified.caller.arn);
    }
  }
  const caller = identified.kind === 'caller' ? identified.caller : undefined;
  if (match.route.apiKey === 'required' && !match.api.apiKeys?.includes(headerText(request, 'x-api-key'))) {
    return answer(errorReply(403, 'ForbiddenException', 'Forbidden'), 'none', caller?.arn);
  }

  const key = cacheKey(match, request);
  const wantsFresh = /(?:^|,)\s*max-age=0\s*(?:,|$)/i.test(headerText(request, 'cache-control'));
  // Whether AWS looks at a signature on a method without authorization is not documented; here it does.
  const mayInvalidate =
    !match.stage.requireAuthorizationForCacheControl ||
    (caller !== undefined && isAllowed(caller.statements, 'execute-api:InvalidateCache', match.arn));
  const strategy = match.stage.unauthorizedCacheControlHeaderStrategy;
  // Whether FAIL_WITH_403 applies to a method that is not cached is not documented; here it does not.
  const isIgnored = key !== undefined && wantsFresh && !mayInvalidate;
  if (isIgnored && strategy === 'FAIL_WITH_403') {
    // AWS calls it "403 Unauthorized response"; its body is not documented.
    return answer(errorReply(403, 'AccessDeniedException', 'Unauthorized'), 'none', caller?.arn);
  }
  const extra: Readonly<Record<string, string>> =
    isIgnored && strategy === 'SUCCEED_WITH_RESPONSE_HEADER' ? { Warning: WARNING } : {};

  const cached = key === undefined ? undefined : state.cache.get(key);
  const isFresh = cached !== undefined && cached.expires > state.now().getTime();
  const isInvalidated = key !== undefined && wantsFresh && mayInvalidate;
  if (cached !== undefined && isFresh && !isInvalidated) {
    return answer(withHeaders(cached.reply, extra), 'hit', caller?.arn);
  }
  const outcome = key === undefined ? 'none' : isInvalidated ? 'invalidated' : 'miss';
  if (match.route.integration?.kind === 'raw') {
    match.route.integration.handle(response);
    return log(response.statusCode, outcome, caller?.arn);
  }
  const reply = integrate(state, match, request);
  if (key !== undefined) {
    const ttl = (match.stage.ttlSeconds ?? 300) * 1000;
    state.cache.set(key, { reply, expires: state.now().getTime() + ttl });
  }
  return answer(withHeaders(reply, extra), outcome, caller?.arn);
}

function route(state: GatewayState, request: http.IncomingMessage): Match | undefined {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const address = apiOfPath(path) ?? apiOfHost(path, headerText(request, 'host'));
  const api = state.config.apis.find(
    ({ id, region }) => id === address?.apiId && (address.region === undefined || address.region === region),
  );
  const [, stageName, resource] = /^\/([^/]*)(\/.*)?$/.exec(address?.rest ?? '') ?? [];
  const stage = api?.stages.find(({ name }) => name === stageName);
  if (api === undefined || stage === undefined) {
    return undefined;
  }
  const resourcePath = resource ?? '/';
  const method = request.method ?? 'GET';
  for (const candidate of api.routes) {
    const parameters = candidate.method === method ? matchPath(candidate.path, resourcePath) : undefined;
    if (parameters !== undefined) {
      return {
        api,
        stage,
        route: candidate,
        path: resourcePath,
        parameters,
        query: new URLSearchParams(query.join('?')),
        // Policies are matched against the path of the request, not against the route.
        arn: `arn:${api.partition ?? 'aws'}:execute-api:${api.region}:${api.accountId}:${api.id}/${stage.name}/${method}${resourcePath}`,
      };
    }
  }
  return undefined;
}

interface Address {
  readonly apiId: string;
  readonly region: string | undefined;
  readonly rest: string;
}

function apiOfPath(path: string): Address | undefined {
  const [, apiId, rest] = /^\/_aws\/execute-api\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return apiId === undefined ? undefined : { apiId, region: undefined, rest: rest ?? '/' };
}

function apiOfHost(path: string, host: string): Address | undefined {
  const [, apiId, region] =
    /^([^.]+)\.execute-api\.([^.]+)\.amazonaws\.com(?:\.cn)?(?::\d+)?$/.exec(host) ?? [];
  return apiId === undefined ? undefined : { apiId, region, rest: path };
}

/** REST routing ignores a slash at the end. */
function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  const parameters = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const [, name, greedy] = /^\{(.*?)(\+?)\}$/.exec(segment) ?? [];
    const value = greedy === '+' ? given.slice(index).join('/') : given[index];
    if (value === undefined || (greedy === '+' && given.length <= index)) {
      return undefined;
    }
    if (name !== undefined) {
      parameters.set(name, value);
    } else if (value !== segment) {
      return undefined;
    }
    if (greedy === '+') {
      return parameters;
    }
  }
  return wanted.length === given.length ? parameters : undefined;
}

function segments(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

/** Undefined where nothing is cached. Parameters that are not declared do not tell entries apart. */
function cacheKey(
  { api, stage, route: { method, path, cache }, ...match }: Match,
  request: http.IncomingMessage,
) {
  if (stage.cache === 'off' || stage.ttlSeconds === 0 || cache === undefined) {
    return undefined;
  }
  const values = cache.keyParameters.map((parameter) => {
    const [, , place, name = ''] = parameter.split('.');
    return place === 'path'
      ? match.parameters.get(name)
      : place === 'querystring'
        ? match.query.get(name)
        : headerText(request, name.toLowerCase());
  });
  return JSON.stringify([api.id, stage.name, method, path, values]);
}

function integrate(state: GatewayState, match: Match, request: http.IncomingMessage): Reply {
  const place = `${match.api.id}/${match.stage.name}${match.path}`;
  const fetches = (state.fetches.get(place) ?? 0) + 1;
  state.fetches.set(place, fetches);
  const call: IntegrationCall = { path: match.path, fetches, headers: request.headers };
  return match.route.integration?.kind === 'reply'
    ? match.route.integration.reply(call)
    : json(200, { path: match.path, fetches });
}

interface Authorization {
  readonly accessKeyId: string;
  readonly scope: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(header: string | undefined): Authorization | 'absent' | 'malformed' {
  if (header === undefined) {
    return 'absent';
  }
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(header) ??
    [];
  const [accessKeyId = '', ...scope] = credential.split('/');
  return scope.length === 4
    ? { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature }
    : 'malformed';
}

function identify(
  state: GatewayState,
  match: Match,
  request: http.IncomingMessage,
  authorization: Authorization | 'absent' | 'malformed',
  body: Buffer,
): CallerOutcome {
  const rejected = (reply: Reply): CallerOutcome => ({ kind: 'rejected', reply });
  if (authorization === 'absent') {
    return { kind: 'anonymous' };
  }
  if (authorization === 'malformed') {
    return rejected(MALFORMED_AUTHORIZATION);
  }
  const [date, region, service] = authorization.scope;
  if (region !== match.api.region) {
    return rejected(
      errorReply(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region.'),
    );
  }
  if (service !== 'execute-api') {
    return rejected(
      errorReply(
        403,
        'InvalidSignatureException',
        "Credential should be scoped to correct service: 'execute-api'.",
      ),
    );
  }
  const caller = state.config.callers.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  const token = request.headers['x-amz-security-token'];
  if (caller === undefined || caller.sessionToken !== token) {
    return rejected(
      errorReply(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      ),
    );
  }
  if (caller.expiresAt !== undefined && caller.expiresAt <= state.now()) {
    return rejected(
      errorReply(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
    );
  }
  const stamp = headerText(request, 'x-amz-date');
  const signedAt = Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Number.isNaN(signedAt) || !stamp.startsWith(date ?? '')) {
    return rejected(
      errorReply(
        403,
        'IncompleteSignatureException',
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
      ),
    );
  }
  const late = state.now().getTime() - signedAt;
  if (Math.abs(late) > CLOCK_TOLERANCE_MS) {
    const limit = compact(new Date(state.now().getTime() - Math.sign(late) * CLOCK_TOLERANCE_MS));
    const now = compact(state.now());
    return rejected(
      errorReply(
        403,
        'InvalidSignatureException',
        late > 0
          ? `Signature expired: ${stamp} is now earlier than ${limit} (${now} - 5 min.)`
          : `Signature not yet current: ${stamp} is still later than ${limit} (${now} + 5 min.)`,
      ),
    );
  }
  const expected = expectedSignature(request, authorization, caller, body);
  return expected.signature !== undefined && sameDigest(expected.signature, authorization.signature)
    ? { kind: 'caller', caller }
    : rejected(
        errorReply(
          403,
          'InvalidSignatureException',
          `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${expected.canonical}'\n`,
        ),
      );
}

/**
 * Calculates the signature from the request as it was received: the raw path and query, and exactly those
 * headers that the client says it signed, so that `cache-control` may be among them or not.
 */
function expectedSignature(
  request: http.IncomingMessage,
  { scope, signedHeaders }: Authorization,
  caller: CallerConfig,
  body: Buffer,
): { readonly signature: string | undefined; readonly canonical: string } {
  const isSigned = (name: string) => signedHeaders.includes(name);
  const mustBeSigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  if (!mustBeSigned.every(isSigned)) {
    return { signature: undefined, canonical: '' };
  }
  const wanted = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(signedHeaders.map((name) => [name, rawHeader(request, name)])),
    region: scope[1] ?? '',
    service: scope[2] ?? '',
    // aws4 leaves these out by itself, and a client may have signed them.
    extraHeadersToInclude: Object.fromEntries(signedHeaders.map((name) => [name, true])),
    doNotModifyHeaders: true,
    ...(body.length === 0 ? {} : { body }),
  };
  try {
    const signer = new aws4.RequestSigner(wanted, {
      accessKeyId: caller.accessKeyId,
      secretAccessKey: caller.secretAccessKey,
    });
    signer.datetime = headerText(request, 'x-amz-date');
    const canonical = signer.canonicalString();
    return { signature: signer.signature(), canonical };
  } catch {
    // A path that is no valid percent-encoding has no canonical form.
    return { signature: undefined, canonical: '' };
  }
}

function rawHeader(request: http.IncomingMessage, name: string): string {
  return request.rawHeaders
    .filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name)
    .join(',');
}

function sameDigest(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

const MALFORMED_AUTHORIZATION = errorReply(
  403,
  'IncompleteSignatureException',
  'Invalid key=value pair (missing equal-sign) in Authorization header.',
);

/** Denials of an authorization have a capital `Message`, and AWS masks the account in them. */
function invokeDenied(caller: CallerConfig, arn: string): Reply {
  const masked = arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
  return {
    ...json(403, {
      Message: `User: ${caller.arn} is not authorized to perform: execute-api:Invoke on resource: ${masked}`,
    }),
    headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': 'AccessDeniedException' },
  };
}

function errorReply(status: number, errorType: string, message: string): Reply {
  const { body, headers } = json(status, { message });
  return { status, headers: { ...headers, 'x-amzn-ErrorType': errorType }, body };
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function write(response: http.ServerResponse, reply: Reply, date: Date): void {
  response.writeHead(reply.status, {
    date: date.toUTCString(),
    'x-amzn-RequestId': randomUUID(),
    ...reply.headers,
  });
  response.end(reply.body);
}

function headerText(request: http.IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}

function compact(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** `*` is any run of characters, slashes and colons included; `?` is one. */
function glob(pattern: string, text: string): boolean {
  const source = pattern
    .split('')
    .map((char) => (char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.|+()[\]{}/]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
}
