import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-route-method',
    category: 'error',
    summary: 'A WebSocket route has no method',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-websocket'],
    messages: {
      mistake: '"{value}" comes before the route "{route}": the ARN of a WebSocket route is API/STAGE/ROUTE.',
    },
  },
  create: (context) => mistakeVisitor('route-method', context),
});
