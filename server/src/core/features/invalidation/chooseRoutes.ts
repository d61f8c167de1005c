import { readExecuteApiArn, requestMethods } from '../../arn/executeApi';
import type { KnownApi, KnownRoute, WorkspaceKnowledge } from '../../knowledge/knowledge';
import { compilePattern, matches } from '../../pattern/pattern';
import type { InvalidationDraft } from './draft';
import { invalidatableApis } from './routeDraft';

/** Which routes of a definition are meant: a method, and a pattern of paths as the definition writes them. */
export interface RouteMatch {
  /** Upper case. */
  readonly method: string;
  /** Without its leading slash; `*` matches any run of characters, as in IAM. */
  readonly path: string;
}

/** A route that was chosen, and what an invalidation of it begins with. */
export interface ChosenRoute {
  readonly api: KnownApi;
  readonly route: KnownRoute;
  /** For any path of the API. */
  readonly draft: InvalidationDraft;
  /** The method to request: that of the match where the route takes any. */
  readonly method: string;
}

/**
 * Reads `GET pets/*`, `/pets` or `* pets`; a method that is left out, or a star, is GET, since by default nothing else is
 * cached.
 *
 * @returns `undefined` for what names no method of a request
 */
export function readRouteMatch(text: string): RouteMatch | undefined {
  const [, first, rest] = /^\s*(?:(\S+)\s+)?(\S+)\s*$/.exec(text) ?? [];
  if (rest === undefined) {
    return undefined;
  }
  const method = first === undefined || first === '*' ? 'GET' : first.toUpperCase();
  return requestMethods.includes(method) ? { method, path: rest.replace(/^\//, '') } : undefined;
}

/**
 * The routes of REST APIs that match, in the order of their definitions.
 *
 * @param arn an execute-api ARN that the routes have to answer as well; one that ends with its API or stage means all of them
 * @param routeMatches any of these will do; without any every route that answers GET does
 */
export function chooseRoutes(
  { apis }: WorkspaceKnowledge,
  arn: string | undefined,
  routeMatches: readonly RouteMatch[],
): readonly ChosenRoute[] {
  const wanted = routeMatches.length === 0 ? [{ method: 'GET', path: '*' }] : routeMatches;
  const methods = new Set(wanted.map(({ method }) => method));
  const pattern = arn === undefined ? undefined : withRequests(arn);
  return invalidatableApis(apis, pattern, methods).flatMap(({ api, routes, draft }) =>
    routes.flatMap((route) =>
      [...new Set(wanted.filter((match) => fits(match, route)).map(({ method }) => method))].map(
        (method) => ({ api, route, draft, method }),
      ),
    ),
  );
}

/** An ARN that names an API or a stage and no request of it, with all requests. */
function withRequests(arn: string): string {
  const named = arn.replace(/\/$/, '');
  const role = readExecuteApiArn(named).segments.at(-1)?.role;
  return (role === 'apiId' || role === 'stage') && !named.endsWith('*') ? `${named}/*` : arn;
}

/** A parameter is written in braces, and may have any name: `pets/{id}` is `pets/{petId}`. */
function fits({ method, path }: RouteMatch, route: KnownRoute): boolean {
  return (
    (route.method === method || route.method === 'ANY') &&
    matches(compilePattern(nameless(path)), nameless(route.path.replace(/^\//, '')))
  );
}

function nameless(path: string): string {
  return path.replace(/\{[^{}+]*(\+?)\}/g, '{$1}');
}
