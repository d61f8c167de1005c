import type * as http from 'node:http';
import type {
  ApiConfig,
  CacheSettings,
  CallerConfig,
  IntegrationCall,
  LoggedRequest,
  Reply,
  RouteConfig,
  StageConfig,
} from './config';
import { isAllowed } from './policy';
import { errorReply, headerText, json, withHeaders, write } from './reply';
import { type Authorization, identify, MALFORMED_AUTHORIZATION } from './signature';
import { cacheKeyOf, type GatewayState } from './state';

/** Text of the header as other implementations have it; AWS documents only that there is one. */
const WARNING = '199 Cache-control headers were ignored because the caller was unauthorized.';

const MISSING_TOKEN = errorReply(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');

/** What a gateway does not find, and what no client certificate came with, is forbidden in the same words. */
const FORBIDDEN = errorReply(403, 'ForbiddenException', 'Forbidden');

/** Bytes; a larger response is not cached (Developer Guide, "Quotas for configuring and running a REST API"). */
const MAX_CACHED_BYTES = 1_048_576;

type Outcome = Pick<LoggedRequest, 'status' | 'cache' | 'callerArn' | 'entry'>;

interface Match {
  readonly api: ApiConfig;
  readonly stage: StageConfig;
  readonly route: RouteConfig;
  /** As sent, with its leading slash. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly arn: string;
  readonly deploymentId: string;
}

/** What the execute-api service makes of a request: cache, authorization and integration of a stage. */
export function execute(
  state: GatewayState,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  authorization: Authorization | 'absent' | 'malformed',
  body: Buffer,
): Outcome {
  const match = route(state, request);
  const answer = (
    reply: Reply,
    cache: LoggedRequest['cache'] = 'none',
    callerArn?: string,
    entry?: string,
  ): Outcome => {
    write(response, reply, state.now(), {
      transfer: typeof match === 'object' ? match.route.transfer : undefined,
    });
    return { status: reply.status, cache, callerArn, entry };
  };
  if (match === 'http-api') {
    return httpApi(state, request, response);
  }
  if (match === 'no-stage') {
    return answer(FORBIDDEN);
  }
  if (match === undefined) {
    // A REST API has no 404: an unknown path or method looks like an unsigned request.
    return answer(authorization === 'malformed' ? MALFORMED_AUTHORIZATION : MISSING_TOKEN);
  }
  if (isThrottled(state, match)) {
    const retryAfter = match.stage.throttle?.retryAfter;
    const reply = errorReply(429, 'TooManyRequestsException', 'Too Many Requests');
    return answer(withHeaders(reply, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }));
  }

  const identified = identify(
    { callers: state.callers, now: state.now() },
    { service: 'execute-api', region: match.api.region },
    request,
    authorization,
    body,
  );
  if (match.route.auth === 'BEARER' && !hasToken(match.route, request)) {
    return answer(errorReply(401, 'UnauthorizedException', 'Unauthorized'));
  }
  if (match.route.auth === 'DENIED') {
    return answer(denied('User is not authorized to access this resource'));
  }
  if (match.route.auth === 'AWS_IAM') {
    if (identified.kind === 'rejected') {
      return answer(identified.reply);
    }
    if (identified.kind === 'anonymous') {
      return answer(MISSING_TOKEN);
    }
    if (!isAllowed(identified.caller.statements, 'execute-api:Invoke', match.arn)) {
      return answer(invokeDenied(identified.caller, match.arn), 'none', identified.caller.arn);
    }
  }
  const caller = identified.kind === 'caller' ? identified.caller : undefined;
  if (match.route.apiKey === 'required' && !match.api.apiKeys?.includes(headerText(request, 'x-api-key'))) {
    return answer(FORBIDDEN, 'none', caller?.arn);
  }

  const settings = settingsOf(match);
  const key = settings.ttlSeconds === 0 ? undefined : cacheKey(match, request);
  const wantsFresh = /(?:^|,)\s*max-age=0\s*(?:,|$)/i.test(headerText(request, 'cache-control'));
  // Whether AWS looks at a signature on a method without authorization is not documented; here it does.
  const mayInvalidate =
    !settings.requireAuthorizationForCacheControl ||
    (caller !== undefined && isAllowed(caller.statements, 'execute-api:InvalidateCache', match.arn));
  const strategy = settings.unauthorizedCacheControlHeaderStrategy;
  // Whether FAIL_WITH_403 applies to a method that is not cached is not documented; here it does not.
  const isIgnored = key !== undefined && wantsFresh && !mayInvalidate;
  if (isIgnored && strategy === 'FAIL_WITH_403') {
    // AWS calls it "403 Unauthorized response"; its body is not documented.
    return answer(errorReply(403, 'AccessDeniedException', 'Unauthorized'), 'none', caller?.arn, key);
  }
  const extra: Readonly<Record<string, string>> =
    isIgnored && strategy === 'SUCCEED_WITH_RESPONSE_HEADER' ? { Warning: WARNING } : {};

  const cached = key === undefined ? undefined : state.cache.get(key);
  const isFresh = cached !== undefined && cached.expires > state.now().getTime();
  const isInvalidated = key !== undefined && wantsFresh && mayInvalidate;
  if (cached !== undefined && isFresh && !isInvalidated) {
    count(state, match, 'hits');
    return answer(withHeaders(cached.reply, extra), 'hit', caller?.arn, key);
  }
  if (match.route.integration?.kind === 'raw') {
    match.route.integration.handle(response);
    const outcome = key === undefined ? 'none' : isInvalidated ? 'invalidated' : 'miss';
    return { status: response.statusCode, cache: outcome, callerArn: caller?.arn, entry: key };
  }
  const reply = integrate(state, match, request);
  if (key === undefined || Buffer.byteLength(reply.body) > MAX_CACHED_BYTES) {
    return answer(withHeaders(reply, extra), 'none', caller?.arn);
  }
  count(state, match, 'misses');
  const ttl = (settings.ttlSeconds ?? 300) * 1000;
  state.cache.set(key, { reply, expires: state.now().getTime() + ttl });
  return answer(withHeaders(reply, extra), isInvalidated ? 'invalidated' : 'miss', caller?.arn, key);
}

/** What an HTTP API makes of a request: it knows no cache, and says so little that its headers have to tell it. */
function httpApi(state: GatewayState, request: http.IncomingMessage, response: http.ServerResponse): Outcome {
  const reply = json(200, { path: request.url?.split('?')[0] });
  write(response, reply, state.now(), { by: 'http' });
  return { status: reply.status, cache: 'none', callerArn: undefined };
}

/** Whether the identity source holds a token that the authorizer takes. */
function hasToken({ authorizer }: RouteConfig, request: http.IncomingMessage): boolean {
  const [, , , name = 'Authorization'] = authorizer?.identitySource?.split('.') ?? [];
  const value = headerText(request, name.toLowerCase());
  return authorizer === undefined
    ? /^Bearer /.test(value)
    : authorizer.tokens.includes(value.replace(/^Bearer /, ''));
}

function route(
  state: GatewayState,
  request: http.IncomingMessage,
): Match | 'http-api' | 'no-stage' | undefined {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const address = addressOf(state, path, request);
  const api = state.config.apis.find(
    ({ id, region }) => id === address?.apiId && (address.region === undefined || address.region === region),
  );
  const [, stageName, resource] = /^\/([^/]*)(\/.*)?$/.exec(address?.rest ?? '') ?? [];
  const stage = api?.stages.find(({ name }) => name === stageName);
  if (api?.kind === 'http') {
    return 'http-api';
  }
  if (api === undefined || stage === undefined) {
    return 'no-stage';
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
        deploymentId: deploymentOf(state, api, stage),
      };
    }
  }
  return undefined;
}

/** The stage's deployment, or its canary's for the share of requests that goes there. */
function deploymentOf(state: GatewayState, api: ApiConfig, stage: StageConfig): string {
  const own = stage.deploymentId ?? DEPLOYMENT;
  if (stage.canary === undefined) {
    return own;
  }
  const place = cacheKeyOf(api.id, stage.name);
  const before = state.arrivals.get(place) ?? 0;
  state.arrivals.set(place, before + 1);
  const share = (requests: number) => Math.floor((requests * (stage.canary?.percentTraffic ?? 0)) / 100);
  return share(before + 1) > share(before) ? (stage.canary.deploymentId ?? own) : own;
}

/** Of stages that name none. */
export const DEPLOYMENT = 'd1e2p3';

interface Address {
  readonly apiId: string;
  readonly region: string | undefined;
  /** With the stage. */
  readonly rest: string;
}

/** The API that a request names: by the path of an emulator, by its host, by a VPC endpoint, or by a custom domain. */
function addressOf(state: GatewayState, path: string, request: http.IncomingMessage): Address | undefined {
  const [, emulated, rest] = /^\/_aws\/execute-api\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (emulated !== undefined) {
    return { apiId: emulated, region: undefined, rest: rest ?? '/' };
  }
  const host = headerText(request, 'host').replace(/:\d+$/, '');
  const [, name = '', region, vpce] =
    /^([^.]+)\.execute-api\.([^.]+)\.(vpce\.)?amazonaws\.com(?:\.cn)?$/.exec(host) ?? [];
  if (vpce !== undefined) {
    return { apiId: headerText(request, 'x-apigw-api-id'), region, rest: path };
  }
  if (region !== undefined) {
    // The name of a VPC endpoint may follow that of the API.
    return { apiId: name.replace(/-vpce-[0-9a-z]+$/, ''), region, rest: path };
  }
  const domain = state.config.customDomains?.find(
    ({ name: domainName, basePath }) =>
      domainName === host && (basePath === '' || `${path}/`.startsWith(`/${basePath}/`)),
  );
  if (domain === undefined) {
    return undefined;
  }
  const below = domain.basePath === '' ? path : path.slice(domain.basePath.length + 1);
  return { apiId: domain.apiId, region: undefined, rest: `/${domain.stage}${below}` };
}

/** Whether AWS counts an invalidation as a miss is not documented; here it does. */
function count(state: GatewayState, { api, stage, route }: Match, what: 'hits' | 'misses'): void {
  const minute = Math.floor(state.now().getTime() / 60_000) * 60;
  const places = [
    cacheKeyOf(api.id, stage.name),
    ...(stage.detailedMetrics ? [cacheKeyOf(api.id, stage.name, [route.method, route.path])] : []),
  ];
  for (const place of places) {
    const minutes = state.counts.get(place) ?? new Map();
    const counted = minutes.get(minute) ?? { hits: 0, misses: 0 };
    state.counts.set(place, minutes.set(minute, { ...counted, [what]: counted[what] + 1 }));
  }
}

function isThrottled(state: GatewayState, { api, stage }: Match): boolean {
  const place = `${api.id}/${stage.name}`;
  const seen = state.turnedAway.get(place) ?? 0;
  const isNow = seen < (stage.throttle?.requests ?? 0);
  if (isNow) {
    state.turnedAway.set(place, seen + 1);
  }
  return isNow;
}

/** The method's own settings win over those of the stage. */
function settingsOf({ stage, route }: Match): CacheSettings {
  const wanted = `${route.path.replace(/^\//, '')}/${route.method}`;
  const own = Object.entries(stage.overrides ?? {}).find(
    ([key]) => key.replaceAll('~1', '/').replace(/^\//, '') === wanted,
  )?.[1];
  return { ...stage, ...own, ...(own?.caching === 'off' ? { ttlSeconds: 0 } : {}) };
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
  { api, stage, route: { method, path, cache, transfer }, deploymentId, ...match }: Match,
  request: http.IncomingMessage,
): string | undefined {
  const isCanary = deploymentId !== (stage.deploymentId ?? DEPLOYMENT);
  // What is cached of a canary that does not use the stage's cache is not documented; here it is nothing.
  const isApart = isCanary && stage.canary?.useStageCache === false;
  // Caching is switched on method by method, or for all (API Reference, "MethodSetting").
  if (
    stage.cache === 'off' ||
    stage.settings === 'none' ||
    cache === undefined ||
    transfer === 'stream' ||
    isApart
  ) {
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
  // Deployments have separate entries (Developer Guide, "Set up an API Gateway canary release deployment").
  return cacheKeyOf(api.id, stage.name, [method, cache.namespace ?? path, values, deploymentId]);
}

function integrate(state: GatewayState, match: Match, request: http.IncomingMessage): Reply {
  const place = `${match.api.id}/${match.stage.name}${match.path}`;
  const fetches = (state.fetches.get(place) ?? 0) + 1;
  state.fetches.set(place, fetches);
  const { path, deploymentId } = match;
  const call: IntegrationCall = { path, deploymentId, fetches, headers: request.headers };
  return match.route.integration?.kind === 'reply'
    ? match.route.integration.reply(call)
    : json(200, { path: match.path, fetches });
}

/** Denials of an authorization have a capital `Message`. */
function denied(message: string): Reply {
  return {
    ...json(403, { Message: message }),
    headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': 'AccessDeniedException' },
  };
}

/** AWS masks the account in a denial. */
function invokeDenied(caller: CallerConfig, arn: string): Reply {
  const masked = arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
  return denied(
    `User: ${caller.arn} is not authorized to perform: execute-api:Invoke on resource: ${masked}`,
  );
}
