import { TextDocument } from 'vscode-languageserver-textdocument';
import { type KnownApi, readKnowledge, type WorkspaceKnowledge } from '../core/index';
import { knowledgeFor } from './definition';
import type { HandlerContext } from './handlers';
import { onRequest, toDraft } from './requests';

/** Registers the requests about routes of API definitions as beginnings of an invalidation. */
export function registerRoutes(context: HandlerContext): void {
  const { service, settings } = context;

  onRequest(context, 'iamPolicy/routeDraft', {}, async ({ uri, text, position }) => {
    const offset = TextDocument.create(uri, '', 0, text).offsetAt(position);
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
          routes: routes.map(({ path, authorization }) => ({
            path: path.replace(/^\//, ''),
            ...(authorization === undefined ? {} : { authorization }),
          })),
        })),
    };
  });
}

/** The API with what other files tell about where it is. */
function withPlace(api: KnownApi, { apis }: WorkspaceKnowledge): KnownApi {
  const known = apis.find(({ uri, name, kind }) => uri === api.uri && name === api.name && kind === api.kind);
  return known === undefined ? api : { ...api, stages: known.stages, regions: known.regions };
}
