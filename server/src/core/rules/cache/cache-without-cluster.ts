import { defineRule } from '../../lint/rule';

/**
 * A method is cached only where the stage has a cache cluster, and it has none by default. API Gateway Developer Guide,
 * "Enable API Gateway caching"; AWS CloudFormation Template Reference, "AWS::ApiGateway::Stage".
 */
export const rule = defineRule({
  meta: {
    id: 'cache-without-cluster',
    category: 'warning',
    summary: 'Caching is enabled for methods of a stage that has no cache',
    since: '0.1.0',
    sources: ['api-gateway-caching'],
    messages: {
      absent: 'Nothing is cached: the stage has no CacheClusterEnabled, which is false by default.',
      off: 'Nothing is cached: CacheClusterEnabled of the stage is false.',
      argumentAbsent: 'Nothing is cached: the stage has no cache_cluster_enabled, which is false by default.',
      argumentOff: 'Nothing is cached: cache_cluster_enabled of the stage is false.',
    },
  },
  create: (context) => ({
    caches: ({ root, caches }) => {
      // Several APIs of AWS SAM may share what stands under Globals.
      const told = new Set<number>();
      for (const { host, cluster, settings } of caches.stages) {
        const cached = settings.filter(({ caching }) => caching === 'on');
        const [first, ...more] = cached.flatMap(({ at }) => at ?? []);
        if (first !== undefined && !told.has(first.start) && (cluster === 'absent' || cluster === 'off')) {
          told.add(first.start);
          const message = host === 'terraform' ? ARGUMENTS[cluster] : cluster;
          context.report({
            message,
            at: { node: root, span: first },
            also: more.map((span) => ({ message, at: { node: root, span } })),
          });
        }
      }
    },
  }),
});

/** The same in the words of Terraform. */
const ARGUMENTS = { absent: 'argumentAbsent', off: 'argumentOff' } as const;
