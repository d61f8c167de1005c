import {
  type CacheKey,
  fillRoute,
  type KnownApi,
  MAX_FILLED,
  parameterNames,
  readKnowledge,
  type WorkspaceKnowledge,
} from '../core/index';
import type { FillRoutesParams, FillRoutesResult } from '../protocol/draft';
import type { InvalidationTarget } from '../protocol/invalidation';
import { knowledgeFor } from './definition';
import type { HandlerContext } from './handlerContext';
import { onRequest, toDraft } from './requests';
import { TextVersion } from './textVersion';

/** Registers the requests about routes of API definitions as beginnings of an invalidation. */
export function registerRoutes(context: HandlerContext): void {
  const { service, settings } = context;

  onRequest(context, 'iamPolicy/routeDraft', {}, async ({ uri, text, position }) => {
    const offset = new TextVersion(uri, '', 0, text).offsetAt(position);
    const found = service().routeAround(text, offset, readKnowledge(uri, text).apis);
    if (found === undefined) {
      return {};
    }
    const told = await knowledgeFor(context, { settings: await settings.of(uri) });
    const api = withPlace(found.api, told);
    const draft = service().routeDraft({ ...found, api });
    return { draft: toDraft(draft, service().invalidationChoices(draft, { ...told, apis: [api] })) };
  });

  onRequest(context, 'iamPolicy/invalidatableRoutes', { apis: [] }, async ({ arn }) => {
    const told = await knowledgeFor(context, { settings: await settings.of('') });
    return {
      apis: service()
        .invalidatableApis(told.apis, arn)
        .map(({ api, routes, draft }) => ({
          name: api.name,
          uri: api.uri,
          draft: toDraft(draft, service().invalidationChoices(draft, { ...told, apis: [api] })),
          routes: routes.map((route) => ({
            path: route.path.replace(/^\//, ''),
            parameters: parameterNames(route),
            ...(route.authorization === undefined ? {} : { authorization: route.authorization }),
          })),
        })),
    };
  });

  onRequest(context, 'iamPolicy/fillRoutes', { targets: [], skipped: [] }, async (params) =>
    fillRoutes(params),
  );
}

function fillRoutes({ place, routes, values }: FillRoutesParams): FillRoutesResult {
  const given = new Map(values.filter(([, list]) => list.length > 0));
  const targets: InvalidationTarget[] = [];
  const skipped: FillRoutesResult['skipped'][number][] = [];
  for (const { path, parameters } of routes) {
    const keys: readonly CacheKey[] = [
      ...parameters.query.map((name): CacheKey => ({ place: 'querystring', name })),
      ...parameters.headers.map((name): CacheKey => ({ place: 'header', name })),
    ];
    const filled = fillRoute({ path, caching: { keys } }, given);
    if ('open' in filled) {
      skipped.push({ path, parameter: filled.open.join(', ') });
    } else if ('tooMany' in filled || targets.length + filled.filled.length > MAX_FILLED) {
      return {
        targets: [],
        skipped,
        problem: `These values make more than ${MAX_FILLED} entries; flush the stage instead.`,
      };
    } else {
      targets.push(...filled.filled.map((each) => ({ ...place, ...each })));
    }
  }
  return { targets, skipped };
}

/** The API with what other files tell about where it is. */
function withPlace(api: KnownApi, { apis }: WorkspaceKnowledge): KnownApi {
  const known = apis.find(({ uri, name, kind }) => uri === api.uri && name === api.name && kind === api.kind);
  return known === undefined ? api : { ...api, stages: known.stages, regions: known.regions };
}
