import type * as http from 'node:http';
import type { ApiConfig, CacheSettings, CallerConfig, Reply, StageConfig } from './config';
import { DEPLOYMENT } from './execute';
import { isAllowed } from './policy';
import { errorReply, headerText, json } from './reply';
import { type Authorization, identify } from './signature';
import { cacheKeyOf, type GatewayState } from './state';

/** The services that answer at the gateway's address, as an emulator has them all in one place. */
export type Service = 'execute-api' | 'apigateway' | 'sts' | 'monitoring' | 'sso' | 'sso-oidc';

export interface Managed {
  readonly reply: Reply;
  readonly callerArn: string | undefined;
}

/** Which service is meant: signatures say it, and those requests that are never signed have paths of their own. */
export function serviceOf(
  request: http.IncomingMessage,
  authorization: Authorization | 'absent' | 'malformed',
  body: Buffer,
): Service {
  const path = request.url?.split('?')[0];
  if (path === '/federation/credentials') {
    return 'sso';
  }
  if (path === '/token') {
    return 'sso-oidc';
  }
  const service = typeof authorization === 'object' ? authorization.scope[2] : undefined;
  return service === 'apigateway' || service === 'sts' || service === 'monitoring'
    ? service
    : path === '/' && body.includes('Action=AssumeRoleWithWebIdentity')
      ? 'sts'
      : 'execute-api';
}

/** What a management service answers. */
export function manage(
  state: GatewayState,
  service: Exclude<Service, 'execute-api'>,
  request: http.IncomingMessage,
  authorization: Authorization | 'absent' | 'malformed',
  body: Buffer,
): Managed {
  if (service === 'sso') {
    return { reply: roleCredentials(state, request), callerArn: undefined };
  }
  if (service === 'sso-oidc') {
    return { reply: renewedToken(state, body), callerArn: undefined };
  }
  const parameters = new URLSearchParams(body.toString('utf8'));
  if (service === 'sts' && parameters.get('Action') === 'AssumeRoleWithWebIdentity') {
    return { reply: assumeRole(state, undefined, parameters), callerArn: undefined };
  }
  const identified = identify(
    { callers: state.callers, now: state.now() },
    { service, region: undefined },
    request,
    authorization,
    body,
  );
  if (identified.kind !== 'caller') {
    const reply =
      identified.kind === 'rejected'
        ? identified.reply
        : errorReply(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    return { reply: service === 'sts' ? asXml(reply) : reply, callerArn: undefined };
  }
  const { caller } = identified;
  const reply =
    service === 'sts'
      ? parameters.get('Action') === 'AssumeRole'
        ? assumeRole(state, caller, parameters)
        : callerIdentity(caller)
      : service === 'monitoring'
        ? metricData(state, caller, request, body)
        : manageApi(state, caller, request, typeof authorization === 'object' ? authorization.scope : []);
  return { reply, callerArn: caller.arn };
}

/** GetStage and FlushStageCache, each with the permission that AWS wants for it. */
function manageApi(
  state: GatewayState,
  caller: CallerConfig,
  request: http.IncomingMessage,
  [, region = '']: readonly string[],
): Reply {
  const path = request.url?.split('?')[0] ?? '';
  const arn = `arn:aws:apigateway:${region}::${path}`;
  const action = `apigateway:${request.method}`;
  if (!isAllowed(caller.statements, action, arn)) {
    return errorReply(
      403,
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn}`,
    );
  }
  const [, apiId, stageName, data] =
    /^\/restapis\/([^/]+)\/stages\/([^/]+)(\/cache\/(?:data|authorizers)|\/exports\/oas30)?$/.exec(path) ??
    [];
  const named = state.config.apis.find(({ id }) => path === `/restapis/${id}`);
  if (named !== undefined && request.method === 'GET') {
    return json(200, { id: named.id, name: nameOf(named) });
  }
  const described = describeRoutes(state.config.apis, path, request);
  if (described !== undefined) {
    return described;
  }
  const listed = state.config.apis.find(({ id }) => path === `/restapis/${id}/stages`);
  if (listed !== undefined && request.method === 'GET') {
    return json(200, { item: listed.stages.map(describeStage) });
  }
  const api = state.config.apis.find((each) => each.id === apiId && each.region === region);
  const stage = api?.stages.find(({ name }) => name === stageName);
  if (api === undefined) {
    return errorReply(404, 'NotFoundException', 'Invalid API identifier specified');
  }
  if (stage === undefined) {
    return errorReply(404, 'NotFoundException', 'Invalid stage identifier specified');
  }
  if (request.method === 'GET' && data === undefined) {
    return json(200, { ...describeStage(stage), ...stillFlushing(state, api, stage) });
  }
  if (request.method === 'DELETE' && data === '/cache/authorizers') {
    return { status: 202, headers: {}, body: '' };
  }
  if (request.method === 'GET' && data === '/exports/oas30') {
    return json(200, exportOf(api, stage));
  }
  if (request.method !== 'DELETE' || data !== '/cache/data') {
    return errorReply(400, 'BadRequestException', 'Not an operation of this gateway');
  }
  if (stage.cache === 'off') {
    // What AWS answers for a stage without a cache is not documented; a 400 is among the documented errors.
    return errorReply(400, 'BadRequestException', 'Cache cluster is not enabled for this stage');
  }
  if (stage.slowFlush === undefined) {
    empty(state, api, stage);
  } else {
    state.flushing.set(cacheKeyOf(api.id, stage.name), stage.slowFlush);
  }
  return { status: 202, headers: {}, body: '' };
}

function empty(state: GatewayState, api: ApiConfig, stage: StageConfig): void {
  const prefix = cacheKeyOf(api.id, stage.name);
  for (const key of [...state.cache.keys()].filter((each) => each.startsWith(prefix))) {
    state.cache.delete(key);
  }
}

/** A flush takes its time: the last look at it finds the cache empty. */
function stillFlushing(state: GatewayState, api: ApiConfig, stage: StageConfig): object {
  const place = cacheKeyOf(api.id, stage.name);
  const left = state.flushing.get(place) ?? 0;
  if (left === 0) {
    return {};
  }
  state.flushing.set(place, left - 1);
  if (left === 1) {
    empty(state, api, stage);
    return {};
  }
  return { cacheClusterStatus: 'FLUSH_IN_PROGRESS' };
}

/** GetResources, two a page, and GetIntegration; a resource's id is its place among the paths. */
function describeRoutes(
  apis: readonly ApiConfig[],
  path: string,
  request: http.IncomingMessage,
): Reply | undefined {
  const [, apiId, index, method] =
    /^\/restapis\/([^/]+)\/resources(?:\/r(\d+)\/methods\/(\w+)\/integration)?$/.exec(path) ?? [];
  const routes = apis.find(({ id }) => id === apiId)?.routes;
  if (routes === undefined || request.method !== 'GET') {
    return undefined;
  }
  const paths = [...new Set(routes.map((route) => route.path))];
  if (index === undefined) {
    const from = Number(new URLSearchParams(request.url?.split('?')[1]).get('position') ?? 0);
    return json(200, {
      ...(from + 2 < paths.length ? { position: String(from + 2) } : {}),
      item: paths.slice(from, from + 2).map((each, offset) => ({
        id: `r${from + offset}`,
        path: each,
        resourceMethods: Object.fromEntries(
          routes.filter((route) => route.path === each).map((route) => [route.method, {}]),
        ),
      })),
    });
  }
  const route = routes.find((each) => each.path === paths[Number(index)] && each.method === method);
  return route === undefined
    ? errorReply(404, 'NotFoundException', 'No integration defined for method')
    : json(200, {
        type: 'AWS_PROXY',
        cacheKeyParameters: route.cache?.keyParameters ?? [],
        ...(route.cache?.namespace === undefined ? {} : { cacheNamespace: route.cache.namespace }),
        ...(route.transfer === undefined ? {} : { responseTransferMode: route.transfer.toUpperCase() }),
      });
}

/** What is deployed, with the extensions for integrations ("x-amazon-apigateway-integration object"). */
function exportOf({ id, region, routes, ...api }: ApiConfig, stage: StageConfig): object {
  const paths = new Map<string, Record<string, object>>();
  for (const { path, method, cache, transfer } of routes) {
    paths.set(path, {
      ...paths.get(path),
      [method.toLowerCase()]: {
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: method,
          responseTransferMode: transfer === 'stream' ? 'STREAM' : 'BUFFERED',
          ...(cache === undefined ? {} : { cacheKeyParameters: cache.keyParameters }),
          ...(cache?.namespace === undefined ? {} : { cacheNamespace: cache.namespace }),
        },
      },
    });
  }
  return {
    openapi: '3.0.1',
    info: { title: nameOf({ id, region, routes, ...api }), version: '1' },
    servers: [{ url: `https://${id}.execute-api.${region}.amazonaws.com/${stage.name}` }],
    paths: Object.fromEntries(paths),
  };
}

function nameOf({ id, name }: ApiConfig): string {
  return name ?? `API ${id}`;
}

/** The name as CloudWatch has it: without what is beyond ASCII, and the id where nothing is left. */
function metricNameOf(api: ApiConfig): string {
  const ascii = [...nameOf(api)].filter((character) => character <= '\u007f').join('');
  return ascii.trim() === '' ? api.id : ascii;
}

interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
}

/** GetMetricData for the counts of a stage's cache, and ListMetrics for the methods that are counted on their own. */
function metricData(
  state: GatewayState,
  caller: CallerConfig,
  request: http.IncomingMessage,
  body: Buffer,
): Reply {
  const operation = headerText(request, 'x-amz-target').split('.')[1] ?? '';
  const action = `cloudwatch:${operation}`;
  if (!isAllowed(caller.statements, action, '*')) {
    const message = `User: ${caller.arn} is not authorized to perform: ${action}`;
    return json(400, { __type: 'com.amazon.coral.service#AccessDeniedException', message });
  }
  const asked = JSON.parse(body.toString('utf8')) as {
    readonly MetricDataQueries?: readonly MetricQuery[];
    readonly Dimensions?: MetricQuery['MetricStat']['Metric']['Dimensions'];
  };
  const apiOf = (name: string) => state.config.apis.find((each) => metricNameOf(each) === name);
  if (operation === 'ListMetrics') {
    const value = (name: string) => asked.Dimensions?.find(({ Name }) => Name === name)?.Value ?? '';
    const api = apiOf(value('ApiName'));
    const stage = api?.stages.find(({ name }) => name === value('Stage'));
    const whole = [
      { Name: 'ApiName', Value: value('ApiName') },
      { Name: 'Stage', Value: value('Stage') },
    ];
    return json(200, {
      Metrics: [
        { Dimensions: whole },
        ...(stage?.detailedMetrics ? (api?.routes ?? []) : []).map(({ method, path }) => ({
          Dimensions: [...whole, { Name: 'Method', Value: method }, { Name: 'Resource', Value: path }],
        })),
      ],
    });
  }
  return json(200, {
    MetricDataResults: (asked.MetricDataQueries ?? []).map(({ Id, MetricStat: { Metric } }) => {
      const dimension = (name: string) => Metric.Dimensions.find(({ Name }) => Name === name)?.Value;
      const api = apiOf(dimension('ApiName') ?? '');
      const method = dimension('Method');
      const place = cacheKeyOf(
        api?.id ?? '',
        dimension('Stage') ?? '',
        method === undefined ? undefined : [method, dimension('Resource')],
      );
      // The newest first, as CloudWatch gives them unless it is asked otherwise.
      const minutes = [...(state.counts.get(place) ?? [])].reverse();
      const of = Metric.MetricName === 'CacheHitCount' ? 'hits' : 'misses';
      return {
        Id,
        StatusCode: 'Complete',
        Timestamps: minutes.map(([minute]) => minute),
        Values: minutes.map(([, counted]) => counted[of]),
      };
    }),
  });
}

function describeStage(stage: StageConfig): object {
  const settings = (own: Partial<CacheSettings>, caching: boolean) => ({
    cachingEnabled: caching,
    cacheTtlInSeconds: own.ttlSeconds ?? stage.ttlSeconds ?? 300,
    cacheDataEncrypted: own.encrypted ?? stage.encrypted ?? false,
    requireAuthorizationForCacheControl:
      own.requireAuthorizationForCacheControl ?? stage.requireAuthorizationForCacheControl,
    unauthorizedCacheControlHeaderStrategy:
      own.unauthorizedCacheControlHeaderStrategy ?? stage.unauthorizedCacheControlHeaderStrategy,
  });
  return {
    stageName: stage.name,
    deploymentId: stage.deploymentId ?? DEPLOYMENT,
    cacheClusterEnabled: stage.cache === 'on',
    ...(stage.cache === 'on' ? { cacheClusterSize: stage.cacheSize ?? '0.5' } : {}),
    cacheClusterStatus: stage.cacheStatus ?? (stage.cache === 'on' ? 'AVAILABLE' : 'NOT_AVAILABLE'),
    methodSettings: {
      ...(stage.settings === 'none' ? {} : { '*/*': settings({}, stage.cache === 'on') }),
      ...Object.fromEntries(
        Object.entries(stage.overrides ?? {}).map(([key, own]) => [
          key,
          settings(own, own.caching !== 'off'),
        ]),
      ),
    },
    ...(stage.canary === undefined ? {} : { canarySettings: stage.canary }),
  };
}

function callerIdentity({ arn }: CallerConfig): Reply {
  return stsReply('GetCallerIdentity', { Arn: arn, UserId: 'AIDAEXAMPLE', Account: arn.split(':')[4] ?? '' });
}

function assumeRole(
  state: GatewayState,
  caller: CallerConfig | undefined,
  parameters: URLSearchParams,
): Reply {
  const role = state.config.roles?.find(({ arn }) => arn === parameters.get('RoleArn'));
  const isTrusted =
    caller === undefined
      ? role?.webIdentityToken !== undefined &&
        role.webIdentityToken === parameters.get('WebIdentityToken')?.trim()
      : role?.trusts.includes(caller.accessKeyId) === true;
  const hasCode =
    role?.mfa === undefined ||
    (role.mfa.serial === parameters.get('SerialNumber') && role.mfa.code === parameters.get('TokenCode'));
  if (role === undefined || !isTrusted || !hasCode) {
    const who = caller === undefined ? '' : `User: ${caller.arn} is `;
    return asXml(
      errorReply(
        403,
        'AccessDenied',
        `${who}not authorized to perform: sts:AssumeRole on resource: ${parameters.get('RoleArn')}`,
      ),
    );
  }
  const { session } = role;
  state.callers.push(session);
  return stsReply(parameters.get('Action') ?? 'AssumeRole', {
    Credentials: `<AccessKeyId>${session.accessKeyId}</AccessKeyId><SecretAccessKey>${session.secretAccessKey}</SecretAccessKey><SessionToken>${session.sessionToken ?? ''}</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>`,
    AssumedRoleUser: `<Arn>${session.arn}</Arn><AssumedRoleId>AROAEXAMPLE:x</AssumedRoleId>`,
  });
}

/** A browser login's access token against the keys of a role. */
function roleCredentials(state: GatewayState, request: http.IncomingMessage): Reply {
  const query = new URLSearchParams(request.url?.split('?')[1]);
  const login = state.config.logins?.find(
    ({ accessToken, accountId, roleName }) =>
      accessToken === headerText(request, 'x-amz-sso_bearer_token') &&
      accountId === query.get('account_id') &&
      roleName === query.get('role_name'),
  );
  if (login === undefined) {
    return errorReply(401, 'UnauthorizedException', 'Session token not found or invalid');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = login.session;
  state.callers.push(login.session);
  return json(200, {
    roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: Date.UTC(2999, 0) },
  });
}

/** A refresh token against a new access token. */
function renewedToken(state: GatewayState, body: Buffer): Reply {
  const { refreshToken } = JSON.parse(body.toString('utf8')) as { readonly refreshToken?: string };
  const login = state.config.logins?.find((each) => each.refreshToken === refreshToken);
  return login === undefined || refreshToken === undefined
    ? errorReply(400, 'InvalidGrantException', 'Invalid grant')
    : json(200, { accessToken: login.accessToken, tokenType: 'Bearer', expiresIn: 28_800 });
}

function stsReply(action: string, members: Readonly<Record<string, string>>): Reply {
  const inner = Object.entries(members).map(([name, value]) => `<${name}>${value}</${name}>`);
  return xml(
    200,
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner.join('')}</${action}Result></${action}Response>`,
  );
}

/** The security token service writes its errors as XML, and without the suffix of the others. */
function asXml({ status, headers, body }: Reply): Reply {
  const code = (headers['x-amzn-ErrorType'] ?? '').replace(/Exception$/, '');
  const { message } = JSON.parse(body) as { readonly message: string };
  const names: Readonly<Record<string, string>> = {
    UnrecognizedClient: 'InvalidClientTokenId',
    InvalidSignature: 'SignatureDoesNotMatch',
  };
  return xml(
    status,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${names[code] ?? code}</Code><Message>${message.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Message></Error></ErrorResponse>`,
  );
}

function xml(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
