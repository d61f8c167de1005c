import { defineRule } from '../../lint/rule';

/**
 * README of serverless-api-gateway-caching, "Cache key invalidation": without authorization any caller of the API
 * invalidates entries. API Gateway Developer Guide, "Invalidate an API Gateway cache entry".
 */
export const rule = defineRule({
  meta: {
    id: 'cache-authorization-off',
    category: 'security',
    summary: 'Anyone who can call an API can invalidate its cache entries',
    since: '0.1.0',
    sources: ['api-gateway-caching', 'api-gateway-cache-plugin'],
    messages: {
      off: 'Anyone who can call the API can invalidate its cache entries: requireAuthorization is false.',
      argument:
        'Anyone who can call the API can invalidate its cache entries: require_authorization_for_cache_control is false.',
    },
  },
  create: (context) => ({
    caches: ({ root, caches }) => {
      for (const { host, openToAll } of caches.stages) {
        for (const span of openToAll) {
          context.report({
            message: host === 'terraform' ? 'argument' : 'off',
            at: { node: root, span },
          });
        }
      }
    },
  }),
});
