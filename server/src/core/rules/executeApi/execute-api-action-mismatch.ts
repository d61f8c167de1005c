import { mistakesOf } from '../../lint/mistakes';
import { defineRule, type Fix } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import { executeApiUseOf, reachableArnOf } from '../support/executeApiUse';
import { replaceStringFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'execute-api-action-mismatch',
    category: 'warning',
    summary: 'ManageConnections applies to @connections only, and no other action does',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['service-authorization-execute-api', 'api-gateway-websocket'],
    messages: {
      manage: 'ManageConnections acts on @connections only, and this ARN matches no such request.',
      invoke: 'Invoke does not cover @connections: the management API requires ManageConnections.',
    },
  },
  create: (context) => ({
    resource: (entry) => {
      // Most resources are of another service, which is cheaper to see than what the statement allows.
      const arn = reachableArnOf(entry);
      const use = arn === undefined ? undefined : executeApiUseOf(entry.element.statement);
      if (arn === undefined || use?.only !== true || use.actions.size !== 1 || mistakesOf(entry).length > 0) {
        return;
      }
      if (use.actions.has('ManageConnections') && !arn.shapes.has('connection')) {
        context.report({ message: 'manage', at: entry.node, fixes: actionFix(entry, 'Invoke') });
      }
      const namesConnections = arn.segments.some(({ role }) => role === 'connections');
      // Neither action acts on what has the word in another place.
      if (use.actions.has('Invoke') && namesConnections && arn.shapes.has('connection')) {
        context.report({
          message: 'invoke',
          at: entry.node,
          fixes: actionFix(entry, 'ManageConnections'),
        });
      }
    },
  }),
});

/** The other action, where there is one of each: with more, there is no telling which of them is wrong. */
function actionFix({ element }: ResourceEntry, name: string): readonly Fix[] {
  const [action, ...others] = element.statement.actions.flatMap(({ entries }) => entries);
  return action === undefined || others.length > 0 || element.entries.length > 1
    ? []
    : [replaceStringFix(action.node, `execute-api:${name}`)];
}
