import {
  type ExecuteApiArn,
  isPathCharacter,
  isSegmentCharacter,
  requestMethods,
  SHORTHAND_PREFIX,
} from '../arn/executeApi';
import { rememberOf } from '../pattern/memo';
import { compilePattern, matches, type Pattern } from '../pattern/pattern';
import { afterSome, afterText, beginning, eitherOf, mayEnd, type Positions } from '../pattern/positions';
import type { KnownApi, KnownRoute, WorkspaceKnowledge } from './knowledge';

/** The APIs that are defined somewhere and answer to methods and paths. */
export function definedApis({ apis }: WorkspaceKnowledge): readonly KnownApi[] {
  return apis.filter((api) => api.kind !== 'websocket' && isDefined(api));
}

/** The defined APIs that an ARN may speak of. */
export function apisOf(arn: ExecuteApiArn, knowledge: WorkspaceKnowledge): readonly KnownApi[] {
  return apisNamed(arn, definedApis(knowledge));
}

/** Those of the APIs that an ARN may speak of. */
export function apisNamed(arn: ExecuteApiArn, apis: readonly KnownApi[]): readonly KnownApi[] {
  return apisWithId(apiIdOf(arn) ?? '*', apis);
}

/**
 * Those of the APIs that a pattern of ids may mean: those that have such an id, and, unless one of them is defined, those
 * whose ids no document tells. That some text names an id does not say whose it is.
 */
export function apisWithId(id: string, apis: readonly KnownApi[]): readonly KnownApi[] {
  const own = apis.filter((api) => isNamedBy(id, api));
  return !/[*?$]/.test(id) && own.some(isDefined)
    ? own
    : apis.filter((api) => api.ids.length === 0 || own.includes(api));
}

function isDefined({ routes, complete }: KnownApi): boolean {
  return complete || routes.length > 0;
}

/** Whether an ARN names an API by an id that a document tells. */
export function hasId(api: KnownApi, arn: ExecuteApiArn): boolean {
  return isNamedBy(apiIdOf(arn) ?? '*', api);
}

function isNamedBy(id: string, { ids }: KnownApi): boolean {
  const pattern = compilePattern(id, { variables: 'substitute' });
  return ids.some((each) => matches(pattern, each));
}

/**
 * The routes of an API that answer a request that an ARN pattern matches, in the order of the definition. A parameter
 * stands for any segment and a greedy one for any path; where no id or no stage is known any will do.
 *
 * @param pattern an execute-api ARN or its shorthand
 */
export function routesMatched(pattern: string, api: KnownApi): readonly KnownRoute[] {
  const matched = new Set(matchedOf(pattern, api));
  return api.routes.filter((route) => matched.has(route));
}

/** Whether an API has a route that answers a request that an ARN pattern matches. */
export function hasRouteMatched(pattern: string, api: KnownApi): boolean {
  return !matchedOf(pattern, api).next().done;
}

/** `GET /pets`, as people and API Gateway write it. */
export function routeName({ method, path }: KnownRoute): string {
  return `${method} ${path}`;
}

function apiIdOf({ segments }: ExecuteApiArn): string | undefined {
  return segments.find(({ role }) => role === 'apiId')?.text;
}

/** The same as `routesMatched`, in no order that means anything. */
function* matchedOf(text: string, api: KnownApi): Generator<KnownRoute> {
  const pattern = compilePattern(text, { variables: 'substitute' });
  const stage = afterStage(pattern, api.ids);
  for (const [method, routes] of routesByMethod(api)) {
    const from = afterText(pattern, stage, `${method}/`);
    if (from.length > 0) {
      for (const { route, pieces } of routes) {
        if (mayEnd(pattern, afterPath(pattern, from, pieces))) {
          yield route;
        }
      }
    }
  }
}

/** Behind what stands before the method: an ARN's fields or the shorthand, and any stage. */
function afterStage(pattern: Pattern, ids: readonly string[]): Positions {
  const field = (from: Positions): Positions => afterSome(pattern, from, isFieldCharacter);
  const literally = (from: Positions, text: string): Positions => afterText(pattern, from, text);
  const start = beginning(pattern);
  const region = field(literally(field(literally(start, 'arn:')), ':execute-api:'));
  const id = literally(field(literally(region, ':')), ':');
  const named = ids.length === 0 ? field(id) : eitherOf(ids.map((each) => literally(id, each)));
  const stage = eitherOf([literally(named, '/'), literally(start, SHORTHAND_PREFIX)]);
  return literally(eitherOf([field(stage), literally(stage, '$default')]), '/');
}

function afterPath(pattern: Pattern, from: Positions, pieces: readonly PathPiece[]): Positions {
  return pieces.reduce((positions, piece) => {
    if (typeof piece === 'string') {
      return afterText(pattern, positions, piece);
    }
    const some = afterSome(pattern, positions, piece.accepts);
    return piece.least === 0 ? eitherOf([positions, some]) : some;
  }, from);
}

/** Letters, or a parameter. */
type PathPiece = string | { readonly least: 0 | 1; readonly accepts: (code: number) => boolean };

interface PathOfRoute {
  readonly route: KnownRoute;
  readonly pieces: readonly PathPiece[];
}

const routesByMethod = rememberOf((api: KnownApi): ReadonlyMap<string, readonly PathOfRoute[]> => {
  const byMethod = new Map<string, PathOfRoute[]>();
  for (const route of api.routes) {
    const read = { route, pieces: piecesOf(route.path) };
    for (const method of route.method === 'ANY' ? requestMethods : [route.method]) {
      const own = byMethod.get(method) ?? [];
      own.push(read);
      byMethod.set(method, own);
    }
  }
  return byMethod;
});

function piecesOf(path: string): readonly PathPiece[] {
  return path
    .replace(/^\//, '')
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      !/^\{.*\}$/.test(piece)
        ? piece
        : piece.endsWith('+}')
          ? // At the root a greedy parameter may be API Gateway's catch-all, which answers the bare root too.
            { least: path === `/${piece}` ? 0 : 1, accepts: isPathCharacter }
          : { least: 1, accepts: isSegmentCharacter },
    );
}

const isFieldCharacter = (code: number): boolean => /[\w-]/.test(String.fromCharCode(code));
