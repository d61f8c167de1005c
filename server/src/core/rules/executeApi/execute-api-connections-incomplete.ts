import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-connections-incomplete',
    category: 'error',
    summary: 'The ARN of a connection has a method before @connections and a connection ID after it',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-connections', 'api-gateway-websocket'],
    messages: {
      id: '"{value}" ends the ARN: the management API is called on one connection, so append its ID or *.',
      method: '"{value}" is where the method belongs: the ARN is API/STAGE/METHOD/@connections/ID.',
    },
  },
  create: (context) => mistakeVisitor('connections-incomplete', context),
});
