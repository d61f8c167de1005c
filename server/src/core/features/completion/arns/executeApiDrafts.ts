import { type Slice, splitSlice } from '../../../arn/arn';
import { predefinedRoutes, requestMethods } from '../../../arn/executeApi';
import { ARTEFACT_STAGES } from '../../../arn/mistakes/resourceMistakes';
import { isPlaceholderWord } from '../../../arn/placeholderWords';
import type { KnownApi, KnownRoute } from '../../../knowledge/knowledge';
import { apisWithId } from '../../../knowledge/routes';
import { shortened } from '../../../wording';
import type { ArnSite, Draft } from './site';

/**
 * The resource of an execute-api ARN, `API/STAGE/METHOD/PATH`, by what the workspace knows; in the shorthand it begins
 * with the stage. The path is one segment: a wildcard in it crosses slashes. API Gateway Developer Guide, "Amazon
 * Resource Name (ARN) format reference", "Control access for invoking an API".
 */
export function executeApiDrafts(site: ArnSite, resource: Slice): readonly Draft[] {
  if (resource.text.startsWith('/')) {
    return [];
  }
  const pieces = splitSlice(resource, '/');
  const names = site.value.slice(0, resource.from).startsWith('arn') ? SEGMENTS : SEGMENTS.slice(1);
  const index = pieces.findIndex(({ to }) => site.cursor <= to);
  const path = names.length - 1;
  const name = names[Math.min(index, path)];
  const slice =
    index < path ? pieces[index] : { from: pieces[path]?.from ?? resource.from, to: resource.to, text: '' };
  if (name === undefined || slice === undefined) {
    return [];
  }
  const written = (wanted: (typeof SEGMENTS)[number]) => pieces[names.indexOf(wanted)]?.text;
  const place: Place = {
    slice,
    isLast: slice.to === resource.to,
    uses: usesOf(site),
    apis: apisWithId(written('apiId') || '*', usableApis(site)),
    method: written('method'),
  };
  return DRAFTS[name](place, site).map(({ text, tail = '', details, documentation }): Draft => {
    const whole = place.isLast ? text + tail : text;
    const detail = shortened([...new Set(details)], MOST_DETAILS);
    return {
      label: text === '' ? whole : text,
      ...(detail === '' ? {} : { detail }),
      from: slice.from,
      to: slice.to,
      text: whole,
      continues: place.isLast && tail === '/',
      ...(documentation === undefined ? {} : { documentation }),
    };
  });
}

const SEGMENTS = ['apiId', 'stage', 'method', 'path'] as const;
const MOST_DETAILS = 2;

interface Place {
  readonly slice: Slice;
  /** Whether nothing follows the segment. */
  readonly isLast: boolean;
  readonly uses: Uses;
  /** The APIs that the ARN may be about. */
  readonly apis: readonly KnownApi[];
  readonly method: string | undefined;
}

interface SegmentValue {
  readonly text: string;
  /** Where nothing follows, what leads on. */
  readonly tail?: string;
  readonly details: readonly string[];
  readonly documentation?: string;
}

/** What the statement's actions can be done to. */
export interface Uses {
  readonly methods: boolean;
  readonly routes: boolean;
  readonly connections: boolean;
  /** Whether only what has a cache is asked for. */
  readonly cached: boolean;
}

/**
 * Invoke is for methods and WebSocket routes, ManageConnections for connections. A cache have only the GET methods of
 * REST APIs, others by a method's own settings; a resource policy has only a REST API. API Gateway Developer Guide,
 * "Cache settings for REST APIs", "Control access to HTTP APIs with IAM authorization".
 */
export function usesOf({ executeApi, input }: ArnSite): Uses {
  const invokes = executeApi.has('Invoke');
  const invalidates = executeApi.has('InvalidateCache');
  const isOfAnyApi = input.policyType !== 'resource';
  return {
    methods: invokes || invalidates || executeApi.size === 0,
    routes: invokes && isOfAnyApi,
    connections: executeApi.has('ManageConnections') && isOfAnyApi,
    cached: invalidates && executeApi.size === 1,
  };
}

/** What stands for all that is granted of an API, behind the slash that follows its id. */
export function everythingOf(uses: Uses): string {
  return uses.cached ? '*/GET/*' : uses.methods ? '*' : '*/*/@connections/*';
}

/** The APIs that the statement's actions can be about. */
export function usableApis(site: ArnSite): readonly KnownApi[] {
  const { methods, routes, connections, cached } = usesOf(site);
  const isUsable: Readonly<Record<KnownApi['kind'], boolean>> = {
    rest: true,
    http: methods && !cached && site.input.policyType !== 'resource',
    websocket: routes || connections,
    unknown: true,
  };
  return site.input.knowledge.apis.filter(({ kind }) => isUsable[kind]);
}

const DRAFTS: Readonly<
  Record<(typeof SEGMENTS)[number], (place: Place, site: ArnSite) => readonly SegmentValue[]>
> = {
  apiId: ({ isLast, uses }, site) => {
    const known = grouped(
      usableApis(site).flatMap((api) =>
        idsOf(api).map((id) => [id, `${KINDS[api.kind]} ${api.name}`] as const),
      ),
    );
    return [
      ...known.map(({ text, details }) => ({ text, details, tail: '/' })),
      ...(isLast
        ? known.map(({ text, details }) => ({
            text: `${text}/${everythingOf(uses)}`,
            details: ['all of it', ...details],
          }))
        : []),
      { text: '*', tail: '/', details: ['every API'] },
    ];
  },
  stage: ({ apis }) => [
    ...grouped(
      apis.flatMap((api) => api.stages.filter(isStage).map((stage) => [stage, api.name] as const)),
    ).map((value) => ({
      ...value,
      tail: '/',
    })),
    { text: '*', tail: '/', details: ['every stage'] },
  ],
  method: ({ apis, uses, isLast }) => [
    ...(uses.methods ? methods(apis, uses) : []),
    ...(uses.routes && isLast ? routes(apis) : []),
    ...(uses.connections ? connections(isLast) : []),
  ],
  path: ({ apis, method, uses }) => (method === undefined ? [] : paths(apis, method, uses)),
};

const KINDS: Readonly<Record<KnownApi['kind'], string>> = {
  rest: 'REST API',
  http: 'HTTP API',
  websocket: 'WebSocket API',
  unknown: 'API',
};

/** ANY is a word for definitions: the ARN of a request has its real method, so `*` stands for it. */
function methods(apis: readonly KnownApi[], { cached }: Uses): readonly SegmentValue[] {
  const served = grouped(
    apis.flatMap((api) => routesOf(api).map(({ method }) => [method, `in ${api.name}`] as const)),
  );
  const of = new Map(served.map(({ text, details }) => [text, details]));
  const ordered = cached
    ? ['GET']
    : [...requestMethods.filter((method) => of.has(method)), '*', ...requestMethods];
  return [...new Set(ordered)].map((text) => ({
    text,
    tail: '/',
    details: text === '*' ? ['every method'] : (of.get(text) ?? []),
  }));
}

/** A route of a WebSocket API ends the ARN: it has neither method nor path. */
function routes(apis: readonly KnownApi[]): readonly SegmentValue[] {
  const sockets = apis.filter(({ kind }) => kind === 'websocket');
  const own = sockets.flatMap((api) =>
    api.routes
      .map(({ path }) => path.replace(/^\//, ''))
      .filter((key) => /^[^\s/?#{}]+$/.test(key))
      .map((key) => [key, `route of ${api.name}`] as const),
  );
  const isPossible = apis.length === 0 || apis.some(({ kind }) => kind === 'websocket' || kind === 'unknown');
  const predefined = predefinedRoutes.map((route) => [route, 'WebSocket route'] as const);
  return grouped([...own, ...(isPossible ? predefined : [])]);
}

/** ApiGatewayManagementApi: sending, looking and closing. */
const CONNECTION_METHODS: readonly (readonly [string, string])[] = [
  ['*', 'manage connections'],
  ['POST', 'send to connections'],
  ['GET', 'look at connections'],
  ['DELETE', 'close connections'],
];

function connections(isLast: boolean): readonly SegmentValue[] {
  return CONNECTION_METHODS.map(([method, detail]) => ({
    text: isLast ? `${method}/@connections/*` : method,
    details: [detail],
  }));
}

function paths(apis: readonly KnownApi[], method: string, uses: Uses): readonly SegmentValue[] {
  const isMethod = (route: KnownRoute) => method === '*' || route.method === method || route.method === 'ANY';
  const served = uses.methods
    ? apis.flatMap((api) =>
        routesOf(api)
          .filter(isMethod)
          .map((route) => ({ api, route })),
      )
    : [];
  const own = served.map(
    ({ api, route }) => [pathPattern(route.path), `${route.method} ${route.path} of ${api.name}`] as const,
  );
  const below = served.flatMap(({ api, route }) =>
    parentsOf(route.path).map(
      (parent) => [`${parent}/*`, `everything below /${parent} of ${api.name}`] as const,
    ),
  );
  return [
    ...grouped([...own, ...below])
      .filter(({ text }) => text !== '')
      .map((value) => (value.text.includes('*') ? { ...value, documentation: CROSSING } : value)),
    ...(uses.methods ? [{ text: '*', details: ['every path'] }] : []),
    ...(uses.connections ? [{ text: '@connections/*', details: ['every connection'] }] : []),
  ];
}

/** API Gateway Developer Guide, "Control access for invoking an API". */
const CROSSING = 'A `*` also matches text with slashes in it, so deeper paths are covered too.';

function routesOf(api: KnownApi): readonly KnownRoute[] {
  return api.kind === 'websocket' ? [] : api.routes;
}

/**
 * A path as it is defined, as a pattern for the paths of its requests: `/pets/{petId}` is requested as `pets/a1`, and
 * IAM compares the request. A star also stands for what clients encode, of which no source says in which form it is
 * compared. A trailing slash is dropped, as API Gateway drops it from what it defines.
 */
export function pathPattern(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      const pattern = segment.replaceAll(/\{[^{}]*\}/g, '*');
      return /^[\w.,:~*-]+$/.test(pattern) && !isPlaceholderWord('path', pattern) ? pattern : '*';
    })
    .join('/');
}

/** What documents call their APIs need not be an id that AWS issues. */
export function idsOf({ ids }: KnownApi): readonly string[] {
  return ids.filter((id) => /^[a-z0-9-]+$/.test(id) && !isPlaceholderWord('apiId', id));
}

/** "Stage names can only contain alphanumeric characters, hyphens, and underscores", API Gateway important notes. */
export function isStage(stage: string): boolean {
  return (
    stage === '$default' ||
    (/^[\w-]{1,128}$/.test(stage) && !ARTEFACT_STAGES.has(stage) && !isPlaceholderWord('stage', stage))
  );
}

/** The literal paths that a path lies below: `pets` and `pets/dogs` for `/pets/dogs/{id}`. */
function parentsOf(path: string): readonly string[] {
  const literal = /^[^*]*\//.exec(pathPattern(path))?.[0] ?? '';
  const words = literal.split('/').filter((word) => word !== '');
  return words.map((_, index) => words.slice(0, index + 1).join('/'));
}

/** Each text once, with the details of all that have it. */
function grouped(pairs: readonly (readonly [string, string])[]): readonly SegmentValue[] {
  const byText = new Map<string, string[]>();
  for (const [text, detail] of pairs) {
    const details = byText.get(text);
    if (details === undefined) {
      byText.set(text, [detail]);
    } else {
      details.push(detail);
    }
  }
  return [...byText].map(([text, details]) => ({ text, details }));
}
