import { insertMemberAfter } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { isTypeWithoutResource } from '../../locate/contentKind';
import { STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
import type { PolicyKind } from '../../locate/policyType';
import { isComplete } from '../support/known';

/**
 * Every policy but a trust policy names resources, save those of a few services (`locate/contentKind.ts` has the sources).
 * IAM User Guide, "IAM JSON policy elements: Resource".
 */
export const rule = defineRule({
  meta: {
    id: 'resource-missing',
    category: 'error',
    summary: 'A statement names no resource',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp', 'rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_RESOURCE',
    messages: {
      missing: 'The statement has neither Resource nor NotResource.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      const { node, members, resources, policy } = statement;
      if (
        resources.length > 0 ||
        !isComplete(node) ||
        mayNeedNone(policy.kind) ||
        standsAmong(members, STATEMENT_ELEMENTS, 'Resource', 'NotResource')
      ) {
        return;
      }
      const last = members.at(-1);
      context.report({
        message: 'missing',
        at: node,
        fixes:
          last === undefined
            ? []
            : [
                {
                  title: 'Insert "Resource": "*"',
                  kind: 'suggestion',
                  edits: () => [insertMemberAfter(statement.actions.at(-1)?.member ?? last, 'Resource', '*')],
                },
              ],
      });
    },
  }),
});

/** A resource policy of no service in particular may be one of those that need none. */
function mayNeedNone({ type, resourceType, isGuess, mayLackResource }: PolicyKind): boolean {
  if (mayLackResource) {
    return true;
  }
  return resourceType === undefined
    ? type === 'resource' && isGuess === true
    : isTypeWithoutResource(resourceType);
}
