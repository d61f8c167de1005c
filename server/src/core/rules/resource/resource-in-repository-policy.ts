import { defineRule } from '../../lint/rule';
import { removeMemberFix } from '../support/forbiddenMember';

/**
 * Amazon ECR User Guide, "Private repository policy examples": none has a Resource. That Amazon ECR refuses one is what
 * users report and AWS does not document, so this is a suggestion.
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
      needless: 'A policy of an Amazon ECR repository needs no {name}: it is about the repository itself.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member, statement }) => {
      if (statement.policy.kind.resourceType === 'AWS::ECR::Repository') {
        context.report({
          message: 'needless',
          at: member,
          data: { name: member.name },
          fixes: [removeMemberFix(member)],
        });
      }
    },
  }),
});
