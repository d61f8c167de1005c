import type { CacheKey, KnownRoute, RouteCaching } from './knowledge';
import { get, itemsOf, membersOf, textOf, type Value } from './values';

/** What the members of an integration are called: OpenAPI and CloudFormation have the same ones in another case. */
export interface IntegrationNames {
  readonly keys: string;
  readonly namespace: string;
  readonly mappings: string;
}

/** Developer Guide, "x-amazon-apigateway-integration object". */
export const OPENAPI_INTEGRATION: IntegrationNames = {
  keys: 'cacheKeyParameters',
  namespace: 'cacheNamespace',
  mappings: 'requestParameters',
};

/** CloudFormation Template Reference, "AWS::ApiGateway::Method Integration". */
export const TEMPLATE_INTEGRATION: IntegrationNames = {
  keys: 'CacheKeyParameters',
  namespace: 'CacheNamespace',
  mappings: 'RequestParameters',
};

/**
 * What an integration says about its cache; `undefined` where it is not told here, or only in part: a key that is not
 * known must not pass for none.
 */
export function readCaching(
  integration: Value | undefined,
  names: IntegrationNames,
): RouteCaching | undefined {
  if (integration?.kind !== 'map' || get(integration, '$ref') !== undefined) {
    return undefined;
  }
  const listed = get(integration, names.keys);
  if (
    listed !== undefined &&
    (listed.kind !== 'list' || listed.items.length > MAX_KEYS || !listed.items.every(isPlain))
  ) {
    return undefined;
  }
  const mappings = new Map(
    membersOf(get(integration, names.mappings)).flatMap(({ key, value }) => {
      const text = textOf(value);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
  return caching(
    itemsOf(listed).map((item) => readCacheKey(textOf(item) ?? '', mappings)),
    textOf(get(integration, names.namespace)),
  );
}

/** A route's caching; the namespace is absent if it is not given. */
export function caching(keys: readonly CacheKey[], namespace?: string): RouteCaching {
  return { keys, ...(namespace === undefined ? {} : { namespace }) };
}

/** A person is asked for each, and no request has so many parameters. */
export const MAX_KEYS = 100;

/**
 * Reads `method.request.querystring.page`. What an integration maps from a parameter of the method is that parameter
 * (API Gateway API Reference, "Integration", `cacheKeyParameters` and `requestParameters`).
 */
export function readCacheKey(text: string, mappings: ReadonlyMap<string, string> = new Map()): CacheKey {
  const source = text.startsWith('integration.') ? (mappings.get(text) ?? text) : text;
  const [, place = '', name = ''] =
    /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(source) ?? [];
  return place === 'path' || place === 'querystring' || place === 'header'
    ? { place, name }
    : { place: 'other', name: text };
}

/** The name in `method.request.querystring.page`; `undefined` for a parameter of another place. */
export function queryOf(parameter: string): string | undefined {
  const { place, name } = readCacheKey(parameter);
  return place === 'querystring' ? name : undefined;
}

/** A parameter that a request to a route may have. */
export type RouteParameter = Pick<CacheKey, 'name'> & { readonly place: 'path' | 'querystring' };

/**
 * The path and the declared query parameters of a route that are no cache keys, in the order of the path; none where
 * the document does not say what the keys are.
 */
export function parametersWithoutKey({ path, queries = [], caching }: KnownRoute): readonly RouteParameter[] {
  if (caching === undefined) {
    return [];
  }
  const parameters: readonly RouteParameter[] = [
    ...[...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => ({ place: 'path' as const, name })),
    ...queries.map((name) => ({ place: 'querystring' as const, name })),
  ];
  return parameters.filter(
    ({ place, name }) => !caching.keys.some((key) => key.place === place && key.name === name),
  );
}

function isPlain(value: Value): boolean {
  return value.kind === 'text' && !value.text.includes('${');
}
