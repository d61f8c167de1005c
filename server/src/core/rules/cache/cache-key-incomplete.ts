import { defineRule } from '../../lint/rule';
import { listed } from '../../wording';
import { isCached } from '../support/cachedMethods';
import { quote } from '../support/quote';

/**
 * A cache entry is found by the parameters that are declared as cache keys and by nothing else of a request. API Gateway
 * Developer Guide, "Use method or integration parameters as cache keys to index cached responses".
 */
export const rule = defineRule({
  meta: {
    id: 'cache-key-incomplete',
    category: 'warning',
    summary: 'Requests with different parameters get the same response from the cache',
    since: '0.1.0',
    sources: ['api-gateway-cache-keys', 'api-gateway-cache-plugin'],
    messages: {
      path: 'The path parameter {names} of GET {path} is not a cache key: all its values get the same cached response.',
      querystring:
        'The query parameter {names} of GET {path} is not a cache key: all its values get the same cached response.',
      several:
        'The parameters {names} of GET {path} are not cache keys: all their values get the same cached response.',
    },
  },
  create: (context) => ({
    caches: ({ root, caches }) => {
      for (const method of caches.methods) {
        const [first, ...more] = method.missing;
        if (first !== undefined && isCached(caches.stages, method)) {
          context.report({
            message: more.length > 0 ? 'several' : first.place,
            at: { node: root, span: method.at },
            data: { names: listed(method.missing.map(({ name }) => quote(name))), path: method.path },
          });
        }
      }
    },
  }),
});
