import { defineRule } from '../../lint/rule';

/**
 * README of serverless-api-gateway-caching, "Cache key invalidation": without authorization any caller of the API invalidates
 * entries. API Gateway Developer Guide, "Invalidate an API Gateway cache entry".
 */
export const rule = defineRule({
  meta: {
    id: 'cache-authorization-off',
    category: 'security',
    summary: 'Anyone who can call an API can invalidate its cache entries',
    since: '0.1.0',
    sources: ['api-gateway-caching', 'api-gateway-cache-plugin'],
    messages: {
      off: 'Whoever calls the API may invalidate entries of its cache: requireAuthorization is false.',
    },
  },
  create: (context) => ({
    caches: ({ root, caches }) => {
      for (const span of caches.stages.flatMap(({ openToAll }) => openToAll)) {
        context.report({ message: 'off', at: { node: root, span } });
      }
    },
  }),
});
