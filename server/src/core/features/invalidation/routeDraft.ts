import { readExecuteApiArn } from '../../arn/executeApi';
import { partitionOfRegion } from '../../arn/partitions';
import { type KnownApi, type KnownRoute, NO_KNOWLEDGE } from '../../knowledge/knowledge';
import { apisOf, routesMatched } from '../../knowledge/routes';
import { type InvalidationDraft, invalidationDraftOf } from './draft';

/** A route of an API's definition, and the API. */
export interface DefinedRoute {
  readonly api: KnownApi;
  readonly route: KnownRoute;
}

/** An API whose routes can be invalidated, with what it leaves open. */
export interface InvalidatableApi {
  readonly api: KnownApi;
  /** Those that answer the methods that were asked for, in the order of the definition. */
  readonly routes: readonly KnownRoute[];
  /** For any path of the API. */
  readonly draft: InvalidationDraft;
}

/**
 * The route that an offset of a definition falls on. Definitions are read for what they say, not for where each part
 * of it ends, so the layout decides: a route reaches down to the first line that is indented less than it, and a line
 * above routes of one path, such as the path's own, stands for the first of them that is cached.
 *
 * @param offset UTF-16, into the text that the APIs were read from
 */
export function routeAround(
  text: string,
  offset: number,
  apis: readonly KnownApi[],
): DefinedRoute | undefined {
  const found = apis
    .flatMap((api) => api.routes.map((route) => ({ api, route })))
    .sort((a, b) => a.route.span.start - b.route.span.start);
  const line = lineStart(text, offset);
  const onLine = found.filter(({ route }) => lineStart(text, route.span.start) === line);
  if (onLine.length > 0) {
    return onLine.findLast(({ route }) => route.span.start <= offset) ?? onLine[0];
  }
  const above = found.findLast(({ route }) => route.span.start < offset);
  if (above !== undefined && isWithin(text, above.route.span.start, offset)) {
    return above;
  }
  const below = found.filter(
    ({ route }) => route.span.start > offset && isBelow(text, line, route.span.start),
  );
  return new Set(below.map(({ route }) => route.path)).size === 1
    ? (below.find(({ route }) => isGet(route)) ?? below[0])
    : undefined;
}

/** The draft for a route: parameters of its path are left open, as is what the definition does not tell. */
export function routeDraft({ api, route }: DefinedRoute): InvalidationDraft {
  const method = route.method === 'ANY' ? '*' : route.method;
  return apiDraft(api, `${method}/${route.path.replace(/^\//, '')}`);
}

/**
 * The APIs that may have a cache and whose routes are known.
 *
 * @param pattern an execute-api ARN that the routes have to match; without it they all count
 * @param methods those of the routes that count; by default only GET is cached
 */
export function invalidatableApis(
  apis: readonly KnownApi[],
  pattern: string | undefined,
  methods: ReadonlySet<string> = GET_ALONE,
): readonly InvalidatableApi[] {
  const named = pattern === undefined ? apis : apisOf(readExecuteApiArn(pattern), { ...NO_KNOWLEDGE, apis });
  return named
    .filter(({ kind }) => kind === 'rest' || kind === 'unknown')
    .map((api) => ({
      api,
      routes: (pattern === undefined ? api.routes : routesMatched(pattern, api)).filter(
        ({ method }) => method === 'ANY' || methods.has(method),
      ),
      draft: pattern === undefined ? apiDraft(api, 'GET/*') : invalidationDraftOf(pattern),
    }))
    .filter(({ routes }) => routes.length > 0);
}

const GET_ALONE: ReadonlySet<string> = new Set(['GET']);

function isGet({ method }: KnownRoute): boolean {
  return method === 'GET' || method === 'ANY';
}

/** @param request the method and the path, as they stand at the end of an ARN */
function apiDraft({ kind, ids, stages, regions }: KnownApi, request: string): InvalidationDraft {
  const only = (values: readonly string[]): string => (values.length === 1 ? (values[0] ?? '*') : '*');
  const region = only(regions);
  const partition = partitionOfRegion(region)?.id ?? 'aws';
  const draft = invalidationDraftOf(
    `arn:${partition}:execute-api:${region}:*:${only(ids)}/${only(stages)}/${request}`,
  );
  const name = { http: 'an HTTP API', websocket: 'a WebSocket API', rest: undefined, unknown: undefined }[
    kind
  ];
  return name === undefined
    ? draft
    : { ...draft, refusal: `The route belongs to ${name}, and only REST APIs have a cache.` };
}

/** Whether every line after that of a route, up to that of the offset, belongs to it. */
function isWithin(text: string, route: number, offset: number): boolean {
  const own = indentation(text, lineStart(text, route));
  return linesBetween(text, route, offset).every((line) => indentation(text, line) >= own);
}

/** Whether a route stands in the block that a line begins. */
function isBelow(text: string, line: number, route: number): boolean {
  const own = indentation(text, line);
  return linesBetween(text, line, route).every((each) => indentation(text, each) > own);
}

/** Where the lines begin that follow that of `from`, up to that of `to`; blank ones are left out. */
function linesBetween(text: string, from: number, to: number): readonly number[] {
  const last = lineStart(text, to);
  const lines: number[] = [];
  let line = text.indexOf('\n', from) + 1;
  while (line > 0 && line <= last) {
    if (/\S/.test(text.slice(line, lineEnd(text, line)))) {
      lines.push(line);
    }
    line = text.indexOf('\n', line) + 1;
  }
  return lines;
}

function indentation(text: string, line: number): number {
  return text.slice(line, lineEnd(text, line)).search(/\S|$/);
}

function lineStart(text: string, offset: number): number {
  return text.slice(0, offset).lastIndexOf('\n') + 1;
}

function lineEnd(text: string, line: number): number {
  const end = text.indexOf('\n', line);
  return end === -1 ? text.length : end;
}
