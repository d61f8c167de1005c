import { defineRule } from '../../lint/rule';
import { reportForbidden } from '../support/forbiddenMember';

/**
 * AWS shows policies of repositories without Resource only, and people report that Amazon ECR refuses one that has it,
 * without a word about why. A suggestion: that it always does is written nowhere.
 */
export const rule = defineRule({
  meta: {
    id: 'resource-in-repository-policy',
    category: 'suggestion',
    summary: 'The policy of a container repository names a resource',
    since: '0.1.0',
    appliesTo: ['resource'],
    fixable: 'suggestion',
    sources: ['ecr-repository-policies'],
    messages: {
      unsupported:
        '{name} does not belong in the policy of a container repository, which applies to that repository: Amazon ECR may refuse it.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member }) => {
      if (REPOSITORIES.has(context.policy.kind.resourceType ?? '')) {
        reportForbidden(context, member);
      }
    },
  }),
});

const REPOSITORIES: ReadonlySet<string> = new Set(['AWS::ECR::Repository', 'AWS::ECR::PublicRepository']);
