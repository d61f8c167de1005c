import { defineRule } from '../../lint/rule';
import type { ResourceEntry, Statement } from '../../model/policy';
import { compilePattern, intersects } from '../../pattern/pattern';
import { type ExecuteApiAction, executeApiUseOf, reachableArnOf, slipsOf } from '../support/executeApiUse';

export const rule = defineRule({
  meta: {
    id: 'execute-api-invalidate-without-invoke',
    category: 'suggestion',
    summary: 'Invalidating a path of an API with IAM authorization takes Invoke on it as well',
    since: '0.1.0',
    messages: {
      slip: 'This policy allows Invoke on other paths and not on this one: with IAM authorization an invalidation needs both.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const allows = policy.statements.filter((statement) => statement.effect?.value === 'Allow');
      const invoked = resourcesFor('Invoke', allows);
      // A policy without any Invoke is one of several of a caller, or for an API without IAM authorization.
      if (invoked.length === 0 || allows.some((statement) => executeApiUseOf(statement) === undefined)) {
        return;
      }
      const patterns = invoked.map((entry) => compilePattern(entry.text, { variables: 'substitute' }));
      for (const entry of resourcesFor('InvalidateCache', allows)) {
        const own = compilePattern(entry.text, { variables: 'substitute' });
        const isArn = reachableArnOf(entry) !== undefined && slipsOf(entry).length === 0;
        if (isArn && !patterns.some((pattern) => intersects(pattern, own))) {
          context.report({ message: 'slip', at: entry.node });
        }
      }
    },
  }),
});

function resourcesFor(action: ExecuteApiAction, statements: readonly Statement[]): readonly ResourceEntry[] {
  return statements
    .filter((statement) => executeApiUseOf(statement)?.actions.has(action) === true)
    .flatMap((statement) =>
      statement.resources.flatMap((element) => (element.negated ? [] : element.entries)),
    );
}
