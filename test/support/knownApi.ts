import type { KnownApi, KnownRoute } from '../../server/src/core/knowledge/knowledge';

/** An API of the workspace, of which all routes are known, each written as `GET /pets`. */
export function knownApi(
  name: string,
  kind: KnownApi['kind'],
  told: Partial<Pick<KnownApi, 'ids' | 'stages' | 'regions' | 'complete'>> & {
    readonly routes: readonly string[];
  },
): KnownApi {
  const routes = told.routes.map((route): KnownRoute => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, span: { start: 0, end: 0 } };
  });
  return {
    name,
    uri: `file:///${name}.yaml`,
    kind,
    ids: [],
    stages: [],
    regions: [],
    complete: true,
    ...told,
    routes,
  };
}
