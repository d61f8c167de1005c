import { defineRule } from '../../lint/rule';
import { slipsOf } from '../../lint/slips';
import type { ResourceEntry, Statement } from '../../model/policy';
import { memoize } from '../../pattern/memo';
import { compilePattern, intersects } from '../../pattern/pattern';
import { type ExecuteApiAction, executeApiUseOf, reachableArnOf } from '../support/executeApiUse';

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
      const isCovered = meetsAnyOf(invoked);
      for (const entry of resourcesFor('InvalidateCache', allows)) {
        if (!isCovered(entry) && reachableArnOf(entry) !== undefined && slipsOf(entry).length === 0) {
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

/**
 * Whether a resource can name a request that one of the others names too. Literal ARNs meet only when they are equal,
 * so only those with wildcards or variables are compared one by one: a policy may have thousands.
 */
function meetsAnyOf(others: readonly ResourceEntry[]): (entry: ResourceEntry) => boolean {
  const texts = new Set(others.map((entry) => entry.text));
  const compile = memoize((text) => compilePattern(text, { variables: 'substitute' }));
  const open = [...texts].filter(isOpen);
  return ({ text }) =>
    texts.has(text) ||
    (isOpen(text) ? [...texts] : open).some((other) => intersects(compile(other), compile(text)));
}

function isOpen(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}
