import { insertMemberAfter } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { PolicyTraits, Statement } from '../../model/policy';
import { isComplete } from '../support/known';

/**
 * Every policy but a trust policy names resources; those of ECR repositories and of EFS file systems need not.
 * IAM User Guide, "IAM JSON policy elements: Resource"; Amazon ECR User Guide, "Private repository policy examples";
 * Amazon EFS User Guide, "Using IAM to control file system data access", whose default policies have none.
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
      if (resources.length > 0 || !isComplete(node) || isWithoutResources(policy, statement)) {
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

/** Where the type is not known, a policy about nothing but such a service is one of those. */
function isWithoutResources({ kind }: PolicyTraits, { actions }: Statement): boolean {
  if (kind.type !== 'resource') {
    return false;
  }
  if (kind.resourceType !== undefined) {
    return /^AWS::(?:ECR|EFS)::/.test(kind.resourceType);
  }
  const entries = actions.flatMap((element) => element.entries);
  return (
    entries.length > 0 &&
    entries.every((entry) => /^(?:ecr|ecr-public|elasticfilesystem)$/i.test(entry.service ?? ''))
  );
}
