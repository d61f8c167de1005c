import { uncacheablePart } from '../../arn/cacheable';
import { mistakesOf } from '../../lint/mistakes';
import { defineRule } from '../../lint/rule';
import { executeApiUseOf, reachableArnOf } from '../support/executeApiUse';

export const rule = defineRule({
  meta: {
    id: 'execute-api-invalidate-uncacheable',
    category: 'warning',
    summary: 'InvalidateCache only has an effect where there is a cache: on GET methods of REST APIs',
    since: '0.1.0',
    sources: ['api-gateway-caching', 'api-gateway-http-or-rest'],
    messages: {
      method:
        'API Gateway caches GET unless a method override says otherwise: check that {value} is cached here.',
      defaultStage: '"$default" is a stage of an HTTP API, and only REST APIs have a cache.',
      route: '"{value}" is a WebSocket route, and only REST APIs have a cache.',
      connection: '"{value}" belongs to WebSocket APIs, and only REST APIs have a cache.',
      domain: 'A private custom domain only forwards requests; it has no cache to invalidate.',
    },
  },
  create: (context) => ({
    resource: (entry) => {
      const arn = reachableArnOf(entry);
      if (arn === undefined) {
        return;
      }
      const use = executeApiUseOf(entry.element.statement);
      // Beside Invoke, a resource without a cache is no mistake: the action simply has no effect on it.
      const isAlone = use?.only === true && use.actions.size === 1 && use.actions.has('InvalidateCache');
      if (!isAlone || mistakesOf(entry).length > 0) {
        return;
      }
      const fault = uncacheablePart(arn);
      if (fault !== undefined) {
        context.report({
          message: fault.reason,
          at: { node: entry.node, from: fault.at.from, to: fault.at.to },
          data: { value: fault.at.text },
        });
      }
    },
  }),
});
