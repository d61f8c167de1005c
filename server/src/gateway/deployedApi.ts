import { type KnownApi, type KnownRoute, type ResponseTransfer, readKnowledge } from '../core/index';
import { ask, type ControlOptions, type ControlResult } from './control';
import type { GatewayHost } from './host';
import { patternValues, specificity } from './resourcePath';
import { type StageCache, settledBy } from './stageCache';
import type { StagePlace } from './target';

/**
 * Reads what a stage serves as it is deployed
 * (https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html); the resources of the API itself may have been
 * edited since. The value is absent as well where the answer cannot be read. Never rejects.
 */
export async function readDeployedApi(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
): Promise<ControlResult<KnownApi>> {
  const result = await ask(host, place, options, {
    operation: 'export-api',
    service: 'apigateway',
    run: (call) => host.control.exportedApi(call, { apiId: place.apiId, stage: place.stage }),
  });
  const [api] = result.value === undefined ? [] : readKnowledge('export.json', result.value).apis;
  return { ...result, value: api };
}

/**
 * How the integration behind a request hands its response on, as it is deployed. Asked for only where the settings of the
 * stage may have the response cached; `undefined` where nobody tells.
 */
export async function transferOf(
  host: GatewayHost,
  place: StagePlace,
  { cache, request }: { readonly cache: StageCache; readonly request: RequestedPath },
  options: ControlOptions,
): Promise<ResponseTransfer | undefined> {
  if (settledBy(cache, request.method, request.path).uncached !== undefined) {
    return undefined;
  }
  const { value } = await readDeployedApi(host, place, options);
  return routeOf(value?.routes ?? [], request)?.responseTransfer;
}

/** What a request is to; the path without its leading slash. */
export interface RequestedPath {
  readonly method: string;
  readonly path: string;
}

/** The names of the stages that an API has. Never rejects. */
export function listStages(
  host: GatewayHost,
  place: StagePlace,
  options: ControlOptions,
): Promise<ControlResult<readonly string[]>> {
  return ask(host, place, options, {
    operation: 'list-stages',
    service: 'apigateway',
    run: (call) => host.control.stageNames(call, place.apiId),
  });
}

/**
 * The route that answers a request: that of the most specific resource, and of two on one resource the one that names
 * the method.
 */
export function routeOf(
  routes: readonly KnownRoute[],
  { method, path }: RequestedPath,
): KnownRoute | undefined {
  const rank = (route: KnownRoute) => `${specificity(route.path)} ${route.method === 'ANY' ? 1 : 0}`;
  const [best] = routes
    .filter(
      (route) =>
        (route.method === method || route.method === 'ANY') && patternValues(route.path, path) !== undefined,
    )
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return best;
}
