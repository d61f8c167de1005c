import { type ExecuteApiArn, requestMethods } from '../arn/executeApi';
import {
  buildLanguage,
  chars,
  either,
  type Language,
  overlay,
  type Part,
  repeat,
  sequence,
  text,
} from '../pattern/language';
import { compilePattern, matches } from '../pattern/pattern';
import type { KnownApi, KnownRoute, WorkspaceKnowledge } from './knowledge';

/** The APIs that are defined somewhere and answer to methods and paths. */
export function definedApis({ apis }: WorkspaceKnowledge): readonly KnownApi[] {
  return apis.filter(({ kind, routes, complete }) => kind !== 'websocket' && (complete || routes.length > 0));
}

/** The defined APIs that an ARN may speak of: those that have its id, or else those whose ids no document tells. */
export function apisOf(arn: ExecuteApiArn, knowledge: WorkspaceKnowledge): readonly KnownApi[] {
  return apisNamed(arn, definedApis(knowledge));
}

/** Those of the APIs that an ARN may speak of, by their ids. */
export function apisNamed(arn: ExecuteApiArn, apis: readonly KnownApi[]): readonly KnownApi[] {
  const own = apis.filter((api) => hasId(api, arn));
  return own.length > 0 && isConcrete(apiIdOf(arn) ?? '*')
    ? own
    : apis.filter((api) => api.ids.length === 0 || own.includes(api));
}

/** Whether an ARN names an API by an id that a document tells. */
export function hasId({ ids }: KnownApi, arn: ExecuteApiArn): boolean {
  const pattern = compilePattern(apiIdOf(arn) ?? '*', { variables: 'substitute' });
  return ids.some((id) => matches(pattern, id));
}

/**
 * The routes of an API that answer a request that an ARN pattern matches, in the order of the definition. A parameter
 * stands for any segment and a greedy one for any path; where no id or no stage is known any will do.
 *
 * @param pattern an execute-api ARN or its shorthand
 */
export function routesMatched(pattern: string, api: KnownApi): readonly KnownRoute[] {
  const { roles } = overlay(compilePattern(pattern, { variables: 'substitute' }), languageOf(api));
  const matched = new Set(roles.flatMap((each) => [...each]));
  return api.routes.filter((_, index) => matched.has(`${index}`));
}

/** `GET /pets`, as people and API Gateway write it. */
export function routeName({ method, path }: KnownRoute): string {
  return `${method} ${path}`;
}

function apiIdOf({ segments }: ExecuteApiArn): string | undefined {
  return segments.find(({ role }) => role === 'apiId')?.text;
}

function isConcrete(pattern: string): boolean {
  return !/[*?$]/.test(pattern);
}

/** A character belongs to a route, by its index, or to what stands before all routes. */
type RouteRole = 'head' | `${number}`;

const languages = new WeakMap<KnownApi, Language<RouteRole>>();

/** The request ARNs that an API answers. One language for all its routes, so that a pattern is laid over it once. */
function languageOf(api: KnownApi): Language<RouteRole> {
  const language = languages.get(api) ?? buildLanguage(requestsOf(api));
  languages.set(api, language);
  return language;
}

function requestsOf({ ids, routes }: KnownApi): Part<RouteRole> {
  const head = (value: string): Part<RouteRole> => text('head', value);
  const field = repeat(chars<RouteRole>('head', isFieldCharacter), 1);
  return sequence(
    either(
      sequence(
        head('arn:'),
        field,
        head(':execute-api:'),
        field,
        head(':'),
        field,
        head(':'),
        ids.length === 0 ? field : either(...ids.map(head)),
        head('/'),
      ),
      head('execute-api:/'),
    ),
    either(field, head('$default')),
    head('/'),
    either(...routes.map((route, index) => requestsTo(route, `${index}`))),
  );
}

function requestsTo({ method, path }: KnownRoute, role: RouteRole): Part<RouteRole> {
  const methods = method === 'ANY' ? requestMethods : [method];
  const pieces = path
    .replace(/^\//, '')
    .split(/(\{[^{}]*\})/)
    .map((piece): Part<RouteRole> => {
      if (!/^\{.*\}$/.test(piece)) {
        return text(role, piece);
      }
      // At the root a greedy parameter may be API Gateway's catch-all, which answers the bare root too.
      return piece.endsWith('+}')
        ? repeat(chars(role, isPathCharacter), path === `/${piece}` ? 0 : 1)
        : repeat(chars(role, isSegmentCharacter), 1);
    });
  return sequence(either(...methods.map((name) => text(role, name))), text(role, '/'), ...pieces);
}

const isFieldCharacter = (code: number): boolean => /[\w-]/.test(String.fromCharCode(code));

/** What a client must percent-encode never reaches an ARN; braces above all, which only definitions have. */
const isPathCharacter = (code: number): boolean =>
  code > 0x20 && code !== 0x7f && !'?#{}'.includes(String.fromCharCode(code));
const isSegmentCharacter = (code: number): boolean => isPathCharacter(code) && code !== SLASH;
const SLASH = 0x2f;
