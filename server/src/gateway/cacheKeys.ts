import {
  type CacheKey,
  caching,
  type KnownApi,
  type ResponseTransfer,
  type RouteCaching,
  readCacheKey,
  readResponseTransfer,
} from '../core/index';
import { ask, type ControlOptions, type ControlResult } from './control';
import type { GatewayHost, IntegrationDescription } from './host';
import { patternValues, specificity } from './resourcePath';
import type { InvalidationTarget } from './target';

/** Which entry a request means: what its method's integration says about keys. */
export interface EntryKeys extends RouteCaching {
  /** As it is defined, such as `GET` or `ANY`. */
  readonly method: string;
  /** Such as `/pets/{petId}`. */
  readonly resourcePath: string;
  readonly source: 'definition' | 'aws';
  readonly transfer: ResponseTransfer | undefined;
}

/** The entry that a request means, in a form that may be shown. */
export interface Entry {
  /** Such as `GET /pets/{petId}`. */
  readonly route: string;
  readonly source: EntryKeys['source'];
  /** In the order of the definition. A key without a value was not sent. */
  readonly keys: readonly (CacheKey & { readonly value?: string })[];
  readonly namespace?: string | undefined;
  /** Why nothing is cached for the route at all. */
  readonly uncached?: string | undefined;
  /** One sentence. */
  readonly meant: string;
  /** What may be another entry than was meant: sentences, the weightiest first. */
  readonly warnings: readonly string[];
}

/** Developer Guide, "Stream the integration response": no endpoint caching. */
const STREAMS =
  'The integration streams its response (responseTransferMode STREAM), and what is streamed is never cached.';

/**
 * What the definitions of a workspace say about the cache of the method that takes a request. Where several say
 * different things, nothing is said.
 */
export function keysInDefinitions(
  { apiId, method, path }: Pick<InvalidationTarget, 'apiId' | 'method' | 'path'>,
  apis: readonly KnownApi[],
): EntryKeys | undefined {
  const possible = apis.filter(({ kind }) => kind === 'rest' || kind === 'unknown');
  const named = possible.filter(({ ids }) => ids.includes(apiId));
  const found = (named.length > 0 ? named : possible.filter(({ ids }) => ids.length === 0)).flatMap(
    ({ routes }) => {
      const route = mostSpecific(
        routes.filter((each) => each.method === method || each.method === 'ANY'),
        path,
      );
      return route?.caching === undefined
        ? []
        : [
            {
              ...route.caching,
              transfer: route.responseTransfer,
              method: route.method,
              resourcePath: route.path,
              source: 'definition' as const,
            },
          ];
    },
  );
  const [first] = found;
  return new Set(found.map((each) => JSON.stringify(each))).size === 1 ? first : undefined;
}

/** Asks AWS what the integration of a request's method says about its cache. Never rejects. */
export async function readEntryKeys(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ControlOptions,
): Promise<ControlResult<EntryKeys | undefined>> {
  const { apiId, method, path } = target;
  const question = { operation: 'read-routes', service: 'apigateway' } as const;
  const { value: resources, ...listed } = await ask(host, target, options, {
    ...question,
    run: (call) => host.control.resources(call, apiId),
  });
  const resource = mostSpecific(
    (resources ?? []).filter(({ methods }) => methods.includes(method) || methods.includes('ANY')),
    path,
  );
  if (resource === undefined) {
    return { ...listed, value: undefined };
  }
  const name = resource.methods.includes(method) ? method : 'ANY';
  const { value, ...read } = await ask(host, target, options, {
    ...question,
    run: (call) => host.control.integration(call, { apiId, resourceId: resource.id, method: name }),
  });
  return {
    ...read,
    value:
      value === undefined
        ? undefined
        : {
            ...cachingOf(value),
            transfer: readResponseTransfer(value.responseTransferMode),
            method: name,
            resourcePath: resource.path,
            source: 'aws',
          },
  };
}

function cachingOf({
  cacheKeyParameters = [],
  cacheNamespace,
  requestParameters = {},
}: IntegrationDescription): RouteCaching {
  const mappings = new Map(Object.entries(requestParameters));
  return caching(
    cacheKeyParameters.map((text) => readCacheKey(text, mappings)),
    cacheNamespace,
  );
}

/**
 * The entry that a request means. A parameter that is no key tells no entries apart, whatever its value
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html).
 *
 * @param target with its secrets redacted, if the entry is to be shown
 */
export function entryOf(target: InvalidationTarget, known: EntryKeys): Entry {
  const { method, resourcePath, source, namespace, transfer } = known;
  const inPath = pathValues(resourcePath, target.path);
  const keys = known.keys.map((key) => ({ ...key, ...sentValue(key, target, inPath) }));
  const route = `${method} ${resourcePath}`;
  const isKey = (place: CacheKey['place'], name: string): boolean =>
    keys.some((key) => key.place === place && sameName(place, key.name, name));
  const uncached = transfer === 'stream' ? STREAMS : undefined;
  return {
    route,
    source,
    keys,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uncached === undefined ? {} : { uncached }),
    meant:
      keys.length === 0
        ? `${route} has no cache keys, so all of its requests share one entry: that one is meant.`
        : `The entry of ${route} is meant with ${keys.map(described).join(', ')}.`,
    warnings: [
      ...(uncached === undefined ? [] : [uncached]),
      ...[...inPath.keys()]
        .filter((name) => !isKey('path', name))
        .map(
          (name) =>
            `${name} in the path is not a cache key: requests share the entry whatever its value, and a reader may get the response that was meant for another one.`,
        ),
      ...target.query
        .filter(([name]) => !isKey('querystring', name))
        .map(([name]) => `The query parameter ${name} is not a cache key: the entry is the same without it.`),
      ...target.headers
        .filter(([name]) => !isKey('header', name))
        .map(([name]) => `The header ${name} is not a cache key: the entry is the same without it.`),
      ...keys
        .filter(({ place, value }) => value === undefined && place !== 'other')
        .map(
          ({ place, name }) =>
            `The ${PLACES[place]} ${name} is a cache key and was not sent: only the entry of requests without it is meant.`,
        ),
      ...keys
        .filter(({ place }) => place === 'other')
        .map(({ name }) => `${name} is a cache key as well, and no part of the request that can be chosen.`),
      ...(namespace === undefined
        ? []
        : [
            `The entries are in the cache namespace ${namespace}; methods that name the same one share them.`,
          ]),
      ...keys
        .filter(
          ({ place, name }) =>
            place === 'querystring' && target.query.filter(([other]) => other === name).length > 1,
        )
        .map(
          ({ name }) =>
            `The query parameter ${name} is given more than once; which of its values the key has is not documented.`,
        ),
    ],
  };
}

const PLACES: Readonly<Record<CacheKey['place'], string>> = {
  path: 'path parameter',
  querystring: 'query parameter',
  header: 'header',
  other: 'value',
};

function described({ place, name, value }: Entry['keys'][number]): string {
  return place === 'other'
    ? `the value of ${name}`
    : `${PLACES[place]} ${name} ${value === undefined ? 'absent' : `= ${JSON.stringify(value)}`}`;
}

function sentValue(
  { place, name }: CacheKey,
  { query, headers }: InvalidationTarget,
  inPath: ReadonlyMap<string, string>,
): { readonly value?: string } {
  const pairs =
    place === 'path' ? [...inPath] : place === 'querystring' ? query : place === 'header' ? headers : [];
  const found = pairs.find(([other]) => sameName(place, name, other));
  return found === undefined ? {} : { value: found[1] };
}

/** Names of headers are the same in any case; those of cache keys are not (API Gateway's caching guide). */
function sameName(place: CacheKey['place'], left: string, right: string): boolean {
  return place === 'header' ? left.toLowerCase() === right.toLowerCase() : left === right;
}

function pathValues(resourcePath: string, path: string): ReadonlyMap<string, string> {
  const names = [...resourcePath.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => name);
  const values = patternValues(resourcePath, path) ?? [];
  return new Map(
    names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  );
}

function mostSpecific<T extends { readonly path: string }>(
  resources: readonly T[],
  path: string,
): T | undefined {
  return resources
    .filter((each) => patternValues(each.path, path) !== undefined)
    .reduce<T | undefined>(
      (best, each) => (best === undefined || specificity(each.path) < specificity(best.path) ? each : best),
      undefined,
    );
}
