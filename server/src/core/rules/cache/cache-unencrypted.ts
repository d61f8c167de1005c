import { defineRule } from '../../lint/rule';

/** API Gateway Developer Guide, "Cache settings for REST APIs": encryption is a setting, and off by default. */
export const rule = defineRule({
  meta: {
    id: 'cache-unencrypted',
    category: 'suggestion',
    summary: 'Cached responses are not encrypted',
    since: '0.1.0',
    sources: ['api-gateway-caching', 'api-gateway-cache-plugin'],
    messages: {
      cloudFormation:
        'Cached responses are not encrypted: CacheDataEncrypted is false, which is the default.',
      terraform: 'Cached responses are not encrypted: cache_data_encrypted is false, which is the default.',
      plugin: 'Cached responses are not encrypted: dataEncrypted is false, which is the default.',
    },
  },
  create: (context) => ({
    caches: ({ root, caches }) => {
      // Several APIs of AWS SAM may share what stands under Globals.
      const told = new Set<number>();
      for (const { host, cluster, settings } of caches.stages) {
        for (const { caching, encryption, at } of settings) {
          const isOpen = encryption === 'absent' || encryption === 'off';
          // Where nothing is cached, nothing is to be encrypted.
          if (cluster === 'on' && caching === 'on' && isOpen && at !== undefined && !told.has(at.start)) {
            told.add(at.start);
            context.report({ message: host, at: { node: root, span: at } });
          }
        }
      }
    },
  }),
});
